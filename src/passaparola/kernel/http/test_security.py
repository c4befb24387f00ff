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


def test_a_page_with_its_own_policy_keeps_it(rf):
    assert (
        answered(rf, "/office/", **{"Content-Security-Policy": "sandbox"})["Content-Security-Policy"]
        == "sandbox"
    )
