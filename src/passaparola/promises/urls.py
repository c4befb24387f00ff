"""Every address of promises: the team's."""

from django.urls import URLPattern, URLResolver, path

from passaparola.promises import views

app_name = "promises"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/promises/", views.board, name="board"),
    path("office/promises/<int:promise_id>/keep/", views.keep, name="keep"),
    path("office/promises/<int:promise_id>/let-go/", views.forgive, name="forgive"),
    path("office/promises/standards/", views.standards, name="standards"),
    path("office/promises/standards/state/", views.state, name="state"),
    path("office/promises/standards/hours/", views.hours, name="hours"),
]
