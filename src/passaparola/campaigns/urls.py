"""Every address of campaigns. Names begin with their place in the menu: the frame marks it by that."""

from django.urls import URLPattern, URLResolver, path

from passaparola.campaigns import views

app_name = "campaigns"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/campaigns/", views.campaigns, name="campaigns"),
    path("office/campaigns/new/", views.new, name="campaign-new"),
    path("office/campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    path("office/campaigns/<int:campaign_id>/edit/", views.edit, name="campaign-edit"),
    path("office/campaigns/<int:campaign_id>/change/", views.change, name="campaign-change"),
    path("office/calendar/", views.month, name="calendar"),
    path("a/<str:token>/", views.read, name="archive"),
]
