"""`/u/`: what we may write about. The link stands at the foot of every mail."""

from django.urls import URLPattern, URLResolver, include, path

from passaparola.messages import views

app_name = "messages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("u/<str:token>/", views.preferences, name="preferences"),
    path("", include("passaparola.messages.ways.urls")),
]
