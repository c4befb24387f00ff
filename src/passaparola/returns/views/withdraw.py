"""The withdrawal function: a statement, a button that confirms it, a receipt at once (Directive (EU) 2023/2673).

With an order's link, or by number and e-mail for everybody else. The buttons say what the directive wants.
"""

from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from passaparola.kernel.http.source import source_of
from passaparola.kernel.ui.languages import LANGUAGES, language_of
from passaparola.orders.guard import LinkRequest, by_order_link, gone
from passaparola.returns import actions, guests, reading
from passaparola.returns.actions import CannotError
from passaparola.returns.forms.withdraw import StatementForm
from passaparola.returns.models import Statement
from passaparola.returns.standing import standing_of
from passaparola.returns.telling import written
from passaparola.returns.views.onward import address, now, onward, shown
from passaparola.stores.look import shell_of_store
from passaparola.stores.models import Store


@require_http_methods(["GET", "HEAD", "POST"])
@by_order_link
def by_link(request: LinkRequest, token: str) -> HttpResponse:  # noqa: ARG001 - read by the guard
    """Two steps at one address: the statement, then its confirmation."""
    standing = standing_of(request.order, now=now())
    context = {
        "lines": standing.withdrawable(),
        "until": standing.withdraw_until,
        "may": standing.may_withdraw,
    }
    name = reading.said(request.POST, "name", 120).strip() or _name(request)
    given: dict[str, Any] = context | {"name": name, "key": token_urlsafe(18), "problem": ""}
    if request.method != "POST":
        return shown(request, "returns/withdraw.html", **given)
    pieces = reading.numbers(request.POST, "q") or None
    given |= {"pieces": pieces or {}, "words": words_of(request.order.number, name)}
    if "confirm" not in request.POST:
        return shown(request, "returns/withdraw_confirm.html", **given)
    try:
        statement = actions.withdraw(
            request.store,
            key=reading.said(request.POST, "key", 40) or given["key"],
            order=request.order,
            name=name,
            email=request.order.email,
            order_number=request.order.number,
            words=given["words"],
            language=translation.get_language() or request.store.language,
            pieces=None if pieces is None or pieces == _all(standing) else pieces,
            now=now(),
        )
    except CannotError as error:
        return shown(request, "returns/withdraw.html", status=400, **given | {"problem": str(error)})
    return onward(request, "withdrawn", pk=statement.pk)


def _all(standing: Any) -> dict[int, int]:
    return {one.line.pk: one.left for one in standing.withdrawable()}


def _name(request: LinkRequest) -> str:
    address_of = request.order.billing_address or request.order.shipping_address
    return str(address_of.get("name") or (request.order.customer.name if request.order.customer else ""))


def words_of(number: str, name: str) -> str:
    """The statement, as the annex of the directive on consumer rights words it."""
    return _(
        "I, %(name)s, hereby give notice that I withdraw from my contract of sale for order %(number)s."
    ) % {
        "name": name,
        "number": number,
    }


@require_safe
@by_order_link
def done(request: LinkRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    statement = _statement(request, pk)
    filed = address(request, "follow", pk=statement.filed_id) if statement.filed_id else ""
    receipt_url = address(request, "receipt", pk=pk)
    return shown(
        request,
        "returns/withdrawn.html",
        statement=statement,
        at=written(statement),
        receipt_url=receipt_url,
        filed_url=filed,
    )


@require_safe
@by_order_link
def receipt(request: LinkRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    return _pdf(_statement(request, pk))


def _statement(request: LinkRequest, pk: int) -> Statement:
    return get_object_or_404(Statement.objects.select_related("store"), order=request.order, pk=pk)


def _pdf(statement: Statement) -> HttpResponse:
    from passaparola.returns.receipt import receipt_pdf  # half a second, which no start has to wait for

    answer = HttpResponse(receipt_pdf(statement, written(statement)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="withdrawal-W{statement.pk}.pdf"'
    return answer


View = Callable[..., HttpResponse]


def _of_shop(view: View) -> View:
    """Open a page to everybody, in the shop's look and the reader's language."""

    @never_cache
    def opened(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        store = Store.objects.filter(slug=slug).first()
        if store is None:
            return gone(request)
        wish = request.GET.get("lang", "")
        theirs = (
            translation.get_language_from_request(request) if "Accept-Language" in request.headers else ""
        )
        language = language_of(wish if wish in LANGUAGES else "", theirs, store.language)
        with translation.override(language), timezone.override(store.zone):
            answer = view(request, store, **kwargs)
        answer.headers["X-Robots-Tag"] = "noindex"
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        return answer

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@_of_shop
def by_number(request: HttpRequest, store: Store) -> HttpResponse:
    """For guests: the statement, its confirmation, and the same answer for every order, known or not."""
    form = StatementForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _shop_page(request, store, "withdraw_guest", form=form)
    given = form.cleaned_data
    words = words_of(given["number"], given["name"])
    if "confirm" not in request.POST:
        return _shop_page(
            request, store, "withdraw_guest_confirm", form=form, words=words, key=token_urlsafe(18)
        )
    try:
        guests.limit(
            store, number=given["number"], email=given["email"], source=source_of(request), now=now()
        )
    except guests.TooManyTriesError:
        answer = _shop_page(request, store, "too_many", minutes=int(guests.WINDOW.total_seconds() / 60))
        answer.status_code = 429
        return answer
    statement = actions.withdraw(
        store,
        key=reading.said(request.POST, "key", 40) or token_urlsafe(18),
        order=guests.find(store, number=given["number"], email=given["email"]),
        name=given["name"],
        email=given["email"],
        order_number=given["number"],
        words=words,
        language=translation.get_language() or store.language,
        now=now(),
    )
    kwargs = {"slug": store.slug, "token": guests.token_of(statement, now=now())}
    return redirect(f"{reverse('returns:withdrawn-guest', kwargs=kwargs)}?lang={translation.get_language()}")


@require_safe
@_of_shop
def done_by_number(request: HttpRequest, store: Store, token: str) -> HttpResponse:
    """What was typed, and when: nothing that only the shop knows."""
    statement = guests.read(store, token, now=now())
    if statement is None:
        return gone(request)
    kwargs = {"slug": store.slug, "token": token}
    receipt_url = reverse("returns:receipt-guest", kwargs=kwargs)
    return _shop_page(
        request, store, "withdrawn", statement=statement, at=written(statement), receipt_url=receipt_url
    )


@require_safe
@_of_shop
def receipt_by_number(request: HttpRequest, store: Store, token: str) -> HttpResponse:
    statement = guests.read(store, token, now=now())
    return gone(request) if statement is None else _pdf(statement)


def _shop_page(request: HttpRequest, store: Store, name: str, **context: Any) -> HttpResponse:
    shell = shell_of_store(store, translation.get_language() or store.language)
    return render(request, f"returns/{name}.html", {"shell": shell, "store": store, **context})
