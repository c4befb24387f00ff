"""The page of all components, and the choice of look."""

from django.urls import path

from passaparola.kernel.ui import views

app_name = "ui"
urlpatterns = [
    path("_look/", views.look, name="look"),
    path("_style/", views.style, name="style"),
    path("_style/customer/", views.style_customer, name="style-customer"),
    path("_style/brand.css", views.style_brand, name="style-brand"),
]
