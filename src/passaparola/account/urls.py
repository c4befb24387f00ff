"""The customer's addresses: `/o/` for one order, `/s/` for a shop."""

from django.urls import path

from passaparola.account.views import home, orders, ways_in

app_name = "account"
urlpatterns = [
    path("o/<str:token>/", orders.order, name="order"),
    path("o/<str:token>/account/", ways_in.sign_in_from_order, name="sign-in-from-order"),
    path("s/brand.css", orders.usual_brand, name="usual-brand"),
    path("s/<slug:slug>/", orders.lookup, name="lookup"),
    path("s/<slug:slug>/brand.css", orders.brand, name="brand"),
    path("s/<slug:slug>/p/<str:token>/", orders.progress, name="progress"),
    path("s/<slug:slug>/account/", home.home, name="home"),
    path("s/<slug:slug>/account/sign-in/", ways_in.sign_in, name="sign-in"),
    path("s/<slug:slug>/account/code/<str:token>/", ways_in.code, name="code"),
    path("s/<slug:slug>/account/sign-out/", ways_in.sign_out, name="sign-out"),
]
