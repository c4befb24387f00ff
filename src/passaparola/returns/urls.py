"""Every address of returns: the customer's under `/o/`, the shop's under `/s/`, the team's under `office/`."""

from django.urls import URLPattern, URLResolver, path

from passaparola.returns.views import desk, follow, policies, withdraw, wizard

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
    path("office/returns/", desk.show, name="desk"),
    path("office/returns/told/", desk.told, name="told"),
    path("office/returns/policies/", policies.policies, name="policies"),
    path("office/returns/policies/add/", policies.add, name="policy-add"),
    path("office/returns/policies/<int:pk>/", policies.edit, name="policy"),
    path("office/returns/policies/<int:pk>/remove/", policies.remove, name="policy-remove"),
    path("office/returns/reasons/add/", policies.add_reason, name="reason-add"),
    path("office/returns/reasons/drop/", policies.drop_reason, name="reason-drop"),
    path("office/returns/photos/<int:pk>/", desk.photo, name="photo"),
    path("office/returns/withdrawals/<int:pk>/", desk.deal_with, name="deal-with"),
    path("office/returns/<int:pk>/", desk.one, name="one"),
    path("office/returns/<int:pk>/approve/", desk.approve, name="approve"),
    path("office/returns/<int:pk>/refuse/", desk.refuse, name="refuse"),
    path("office/returns/<int:pk>/label/", desk.send_label, name="send-label"),
    path("office/returns/<int:pk>/label/<int:parcel>/", desk.label, name="label-file"),
    path("office/returns/<int:pk>/receive/", desk.receive, name="receive"),
    path("office/returns/<int:pk>/inspect/", desk.inspect, name="inspect"),
    path("office/returns/<int:pk>/settle/", desk.settle, name="settle"),
    path("office/returns/<int:pk>/cancel/", desk.cancel, name="cancel-by-team"),
]
