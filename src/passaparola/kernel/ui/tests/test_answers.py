"""What people see when a page is not there, not theirs, or broken."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils.translation import override
from django.views.csrf import csrf_failure
from django.views.defaults import server_error


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_the_readers_language() -> None:
    answer = Client().get("/nowhere/at/all/", headers={"accept-language": "it"})

    assert answer.status_code == 404
    assert "A questo indirizzo non c’è niente." in answer.content.decode()


@pytest.mark.parametrize("name", ["403.html", "404.html", "403_csrf.html", "500.html"])
def test_no_answer_has_anything_inline(name: str) -> None:
    page = render_to_string(name, request=request_for())

    assert "style=" not in page
    assert "<style" not in page
    assert "<script" not in page


def test_a_form_that_was_open_for_too_long_is_refused_kindly() -> None:
    with override("en"):
        answer = csrf_failure(request_for(), "CSRF cookie not set.")

    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


@override_settings(DEBUG=False)
def test_a_broken_page_needs_nothing_that_may_be_broken_too() -> None:
    answer = server_error(request_for())

    assert answer.status_code == 500
    assert "Please try again" in answer.content.decode()


def request_for() -> WSGIRequest:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    return request
