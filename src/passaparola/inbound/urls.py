from django.urls import path

from passaparola.inbound import views

urlpatterns = [path("<str:role>/<str:kind>/<str:token>/", views.hook, name="hook")]
