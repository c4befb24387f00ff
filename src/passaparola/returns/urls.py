"""Every address of returns: the customer's under `/o/`, the shop's under `/s/`, the team's under `office/`."""

from django.urls import URLPattern, URLResolver, path

from passaparola.returns.views import follow, withdraw, wizard

app_name = "returns"
urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<str:token>/return/", wizard.start, name="start"),
    path("o/<str:token>/return/new/<slug:key>/why/", wizard.why, name="why"),
    path("o/<str:token>/return/new/<slug:key>/what/", wizard.what, name="what"),
    path("o/<str:token>/return/new/<slug:key>/how/", wizard.how, name="how"),
    path("o/<str:token>/return/<int:pk>/", follow.follow, name="follow"),
    path("o/<str:token>/return/<int:pk>/sent/", follow.sent, name="sent"),
    path("o/<str:token>/return/<int:pk>/cancel/", follow.cancel, name="cancel"),
    path("o/<str:token>/return/<int:pk>/label/<int:parcel>/", follow.label, name="label"),
    path("o/<str:token>/withdraw/", withdraw.by_link, name="withdraw"),
    path("o/<str:token>/withdraw/<int:pk>/", withdraw.done, name="withdrawn"),
    path("o/<str:token>/withdraw/<int:pk>/receipt.pdf", withdraw.receipt, name="receipt"),
    path("s/<slug:slug>/withdraw/", withdraw.by_number, name="withdraw-guest"),
    path("s/<slug:slug>/withdraw/<str:token>/", withdraw.done_by_number, name="withdrawn-guest"),
    path("s/<slug:slug>/withdraw/<str:token>/receipt.pdf", withdraw.receipt_by_number, name="receipt-guest"),
]
