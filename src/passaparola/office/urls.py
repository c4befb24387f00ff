"""Every address of the team."""

from django.urls import path

from passaparola.office.views import sign_in, today

app_name = "office"
urlpatterns = [
    path("", today.today, name="today"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/link/", sign_in.send_link, name="send-link"),
    path("sign-in/<str:token>/", sign_in.by_link, name="sign-in-link"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("shop/", sign_in.switch, name="switch"),
]
