"""Every address of segments."""

from django.urls import path

from passaparola.segments import views

app_name = "segments"
urlpatterns = [
    path("office/segments/", views.segments, name="segments"),
    path("office/segments/new/", views.new, name="segment-new"),
    path("office/segments/preview/", views.preview, name="segment-preview"),
    path("office/segments/<int:segment_id>/", views.segment, name="segment"),
    path("office/segments/<int:segment_id>/delete/", views.delete, name="segment-delete"),
]
