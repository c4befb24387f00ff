"""The customer's addresses: `/o/` for one order, `/s/` for a shop."""

from django.urls import path

from passaparola.account.views import (
    details,
    helping,
    home,
    missing,
    office,
    orders,
    others,
    privacy,
    ways_in,
)

app_name = "account"
urlpatterns = [
    path("o/<str:token>/", orders.order, name="order"),
    path("o/<str:token>/account/", ways_in.sign_in_from_order, name="sign-in-from-order"),
    path("o/<str:token>/details/", details.details, name="details"),
    path("o/<str:token>/receipt.pdf", details.receipt, name="receipt"),
    path("o/<str:token>/change/", details.change, name="change"),
    path("o/<str:token>/share/", details.share, name="share"),
    path("o/<str:token>/share/end-links/", details.take_links_back, name="end-links"),
    path("o/<str:token>/share/<int:follower_id>/end/", details.end_follower, name="end-follower"),
    path("o/<str:token>/missing/", missing.missing, name="missing"),
    path("o/<str:token>/help/", helping.help_of_order, name="order-help"),
    path("o/<str:token>/guides/<int:guide_id>/", helping.guide_of_order, name="order-guide"),
    path("o/<str:token>/guides/<int:guide_id>/vote/", helping.vote_of_order, name="order-vote"),
    path("o/<str:token>/things/<int:line_id>/", helping.thing, name="thing"),
    path("g/<str:token>/", others.gift, name="gift"),
    path("f/<str:token>/", others.follow, name="follow"),
    path("s/brand.css", orders.usual_brand, name="usual-brand"),
    path("s/<slug:slug>/", orders.lookup, name="lookup"),
    path("s/<slug:slug>/brand.css", orders.brand, name="brand"),
    path("s/<slug:slug>/p/<str:token>/", orders.progress, name="progress"),
    path("s/<slug:slug>/help/", helping.help_page, name="help"),
    path("s/<slug:slug>/help/<int:guide_id>/", helping.guide, name="guide"),
    path("s/<slug:slug>/help/<int:guide_id>/vote/", helping.vote, name="vote"),
    path("s/<slug:slug>/files/<str:digest>/", helping.file, name="file"),
    path("s/<slug:slug>/account/", home.home, name="home"),
    path("s/<slug:slug>/account/sign-in/", ways_in.sign_in, name="sign-in"),
    path("s/<slug:slug>/account/code/<str:token>/", ways_in.code, name="code"),
    path("s/<slug:slug>/account/sign-out/", ways_in.sign_out, name="sign-out"),
    path("s/<slug:slug>/account/privacy/", privacy.known, name="privacy"),
    path("s/<slug:slug>/account/privacy/export/", privacy.export, name="export"),
    path("s/<slug:slug>/account/privacy/forget/", privacy.forget, name="forget"),
    path("s/<slug:slug>/erasure/<str:token>/", privacy.erasure, name="erasure"),
    path("office/privacy/", office.privacy, name="office-privacy"),
    path("office/privacy/<int:request_id>/export/", office.export, name="office-export"),
    path("office/changes/<int:change_id>/", office.decide, name="decide"),
]
