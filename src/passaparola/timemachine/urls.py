"""Every address of the time machine: one page, which only looks."""

from django.urls import URLPattern, URLResolver, path

from passaparola.timemachine import views

app_name = "timemachine"
urlpatterns: list[URLPattern | URLResolver] = [path("office/time-machine/", views.travel, name="travel")]
