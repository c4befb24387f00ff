"""The customer's addresses: `/o/` for one order, `/s/` for a shop."""

from django.urls import path

from passaparola.account import views

app_name = "account"
urlpatterns = [
    path("o/<str:token>/", views.order, name="order"),
    path("s/brand.css", views.usual_brand, name="usual-brand"),
    path("s/<slug:slug>/", views.lookup, name="lookup"),
    path("s/<slug:slug>/brand.css", views.brand, name="brand"),
    path("s/<slug:slug>/p/<str:token>/", views.progress, name="progress"),
]
