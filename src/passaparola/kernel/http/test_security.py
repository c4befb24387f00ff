import pytest
from django.http import HttpResponse

from passaparola.kernel.http.security import SecurityHeaders


def answered(rf, path, **headers):
    return SecurityHeaders(lambda _request: HttpResponse(headers=headers))(rf.get(path))


@pytest.mark.parametrize("path", ["/office/", "/s/bottega-luna/", "/hooks/", "/raw/"])
def test_nothing_inline_or_evaluated_is_allowed_anywhere(rf, path):
    policy = answered(rf, path)["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_customers_see_the_shops_pictures_and_the_team_does_not(rf):
    assert "img-src 'self' data: https:;" in answered(rf, "/s/bottega-luna/")["Content-Security-Policy"]
    assert "https:" not in answered(rf, "/office/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/static/ui/icon.svg", "cross-origin"),
        ("/static/campaigns/calendar.css", "same-origin"),
        ("/static/campaigns/calendar.js", "same-origin"),
        ("/office/sign-in/", "same-origin"),
    ],
)
@pytest.mark.django_db
def test_mails_may_show_our_pictures_and_nothing_else_is_shown_elsewhere(client, path, shown):
    answer = client.get(path)
    answer.close()  # a file is open until it was sent

    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == shown


def test_a_page_with_its_own_policy_keeps_it(rf):
    assert (
        answered(rf, "/office/", **{"Content-Security-Policy": "sandbox"})["Content-Security-Policy"]
        == "sandbox"
    )
