"""`/u/`: what we may write about, behind the link at the foot of every mail. `/office/…`: outbox and policy."""

from django.urls import URLPattern, URLResolver, include, path

from passaparola.messages.views import outbox, policy, preferences, signup, told

app_name = "messages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:slug>/subscribe/", signup.sign_up, name="sign-up"),
    path("u/confirm/<str:token>/", signup.confirm, name="confirm"),
    path("u/<str:token>/", preferences.preferences, name="preferences"),
    path("office/customers/<int:customer_id>/told/", told.told, name="told"),
    path("office/policy/", policy.policy, name="policy"),
    path("office/outbox/", outbox.waiting, name="outbox"),
    path("office/outbox/resume/", outbox.resume, name="outbox-resume"),
    path("office/outbox/suppressed/", outbox.suppressed, name="outbox-suppressed"),
    path("office/outbox/suppressed/import/", outbox.import_list, name="outbox-suppressed-import"),
    path("office/outbox/suppressed/export/", outbox.export_list, name="outbox-suppressed-export"),
    path("office/outbox/suppressed/<int:pk>/lift/", outbox.lift, name="outbox-suppressed-lift"),
    path("", include("passaparola.messages.ways.urls")),
]
