"""`/u/`: what we may write about. The link stands at the foot of every mail."""

from django.urls import path

from passaparola.messages import views

app_name = "messages"
urlpatterns = [path("u/<str:token>/", views.preferences, name="preferences")]
