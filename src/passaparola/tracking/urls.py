"""Every address of tracking."""

from django.urls import URLPattern, URLResolver, path

from passaparola.tracking import views

app_name = "tracking"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/arrival/", views.arrival, name="arrival"),
    path("office/arrival/disruption/", views.disruption, name="disruption"),
    path(
        "office/arrival/disruption/<int:pk>/withdraw/", views.withdraw_disruption, name="disruption-withdraw"
    ),
]
