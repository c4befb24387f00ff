"""The returns desk: a queue to work through with the keyboard, and one return with all that decides about it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.orders.links import order_path
from passaparola.returns import actions, desk, reading
from passaparola.returns.actions import CannotError, Found
from passaparola.returns.forms.desk import CollectionForm, ExchangeForm, LabelForm, RefuseForm, SettleForm
from passaparola.returns.models import Photo, Return, Statement
from passaparola.returns.rules.policy import Way
from passaparola.returns.words import TABS
from passaparola.stores.guard import StaffRequest, staff


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """The queues. What waits for a decision comes first, the one promised first on top."""
    now, queue, q = timezone.now(), request.GET.get("queue", "decide"), reading.said(request.GET, "q", 100)
    before = reading.whole(request.GET.get("before", ""))
    rows = desk.rows(request.store, queue, q=q, before=max(before, 0), now=now)
    more = (
        f"?queue={queue}&before={rows[desk.PAGE - 1].filed.pk}"
        if len(rows) > desk.PAGE and queue == "done"
        else ""
    )
    context = {
        "rows": rows[: desk.PAGE],
        "older": more,
        "queue": queue,
        "tabs": TABS,
        "q": q,
        "counts": desk.counts(request.store),
        "lost": list(Statement.objects.lost().filter(store=request.store).order_by("stated_at")[:20]),
    }
    return render(request, "returns/desk.html", context)


@require_safe
@staff
def one(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _return(request, pk))


def _page(request: StaffRequest, filed: Return, problem: str = "", **forms: Any) -> HttpResponse:
    now = timezone.now()
    context = desk.one(filed, now=now) | {
        "filed": filed,
        "order": filed.order,
        "problem": problem,
        "customer_page": f"{order_path(filed.order_id, now=now, epoch=filed.order.link_epoch)}return/{filed.pk}/",
        "refuse_form": forms.get("refuse_form") or RefuseForm(),
        "label_form": forms.get("label_form") or _way_form(filed)(),
        "settle_form": forms.get("settle_form") or (SettleForm() if filed.gives_money else ExchangeForm()),
    }
    return render(request, "returns/one.html", context, status=400 if problem or forms else 200)


def _done(request: StaffRequest, filed: Return, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do one thing; what can't be done is said on the page, and nothing typed is lost."""
    try:
        act()
    except CannotError as error:
        return _page(request, filed, str(error))
    messages.success(request, said)
    return redirect("returns:one", filed.pk)


@require_POST
@staff
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Say yes, to all or to fewer pieces, and go on to the next that waits."""
    filed = _return(request, pk)
    asked = reading.texts(request.POST, "approve")
    pieces = {item: reading.whole(number) for item, number in asked.items()} if asked else None
    try:
        actions.approve(filed, by=request.member, pieces=pieces, now=timezone.now())
    except CannotError as error:
        return _page(request, filed, str(error))
    messages.success(request, _("%(number)s is approved, and the customer knows.") % {"number": filed.number})
    following = desk.next_undecided(request.store, filed)
    return redirect("returns:one", following.pk if following else filed.pk)


@require_POST
@staff
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    filed, form = _return(request, pk), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, filed, refuse_form=form)

    def act() -> None:
        actions.refuse(filed, by=request.member, words=form.cleaned_data["words"], now=timezone.now())

    return _done(request, filed, act, _("Refused; the customer reads why."))


def _way_form(filed: Return) -> type[LabelForm | CollectionForm]:
    return CollectionForm if filed.goes_by is Way.PICK_UP else LabelForm


@require_POST
@staff
def send_label(request: StaffRequest, pk: int) -> HttpResponse:
    filed = _return(request, pk)
    form = _way_form(filed)(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, filed, label_form=form)
    given = form.cleaned_data
    label = given["label"].read(actions.MOST_LABEL_BYTES + 1) if given.get("label") else b""
    rest = {name: given[name] for name in ("code", "carrier", "number")}
    try:
        actions.send_label(filed, by=request.member, label=label, now=timezone.now(), **rest)
    except CannotError as error:
        return _page(request, filed, str(error), label_form=form)
    messages.success(request, _("Sent: the customer has it on the page of the return."))
    return redirect("returns:one", pk)


@require_POST
@staff
def receive(request: StaffRequest, pk: int) -> HttpResponse:
    filed = _return(request, pk)

    def act() -> None:
        actions.receive(filed, by=request.member, now=timezone.now())

    return _done(request, filed, act, _("Noted: it is here."))


@require_POST
@staff
def inspect(request: StaffRequest, pk: int) -> HttpResponse:
    """How each piece came back, and how many of it count."""
    filed = _return(request, pk)
    found = _found(request.POST, filed)

    def act() -> None:
        words = reading.said(request.POST, "words", 2000)
        actions.inspect(filed, by=request.member, found=found, words=words, now=timezone.now())

    return _done(request, filed, act, _("Noted: the amount follows what you accepted."))


def _found(posted: Mapping[str, str], filed: Return) -> dict[int, Found]:
    grades, numbers = reading.texts(posted, "grade"), reading.texts(posted, "accepted")
    notes = reading.texts(posted, "grade_note")
    return {
        item: Found(
            accepted=reading.whole(numbers.get(item, "")),
            grade=grades.get(item, ""),
            note=notes.get(item, ""),
        )
        for item in filed.items.values_list("pk", flat=True)
    }


@require_POST
@staff
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Give money back, or note the refund, the credit or the exchange: which of them, the button says."""
    filed, how = _return(request, pk), request.POST.get("how")
    if how == "shop":
        asked = _("The shop system is asked; a moment later you read here what it says.")
        return _done(
            request, filed, lambda: actions.ask_shop(filed, by=request.member, now=timezone.now()), asked
        )
    is_sent = how == "exchange"
    form = ExchangeForm(request.POST) if is_sent else SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, filed, settle_form=form)
    verb = actions.exchange if is_sent else actions.refund

    def act() -> None:
        verb(filed, by=request.member, now=timezone.now(), **form.cleaned_data)

    return _done(request, filed, act, _("Done, and the customer knows."))


@require_POST
@staff
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    filed = _return(request, pk)

    def act() -> None:
        actions.cancel(filed, by=request.member, now=timezone.now())

    return _done(request, filed, act, _("Cancelled: the customer keeps it."))


@require_safe
@staff
def photo(request: StaffRequest, pk: int) -> HttpResponse:
    """A customer's picture, as it was written anew when it came."""
    found = get_object_or_404(Photo, filed__store=request.store, pk=pk)
    return HttpResponse(bytes(found.content), content_type=found.media_type)


@require_safe
@staff
def label(request: StaffRequest, pk: int, parcel: int) -> HttpResponse:
    found = desk.label_of(request.store, pk, parcel)
    if found is None or not found.label:
        raise Http404
    answer = HttpResponse(bytes(found.label), content_type=found.label_type)
    answer.headers["Content-Disposition"] = "attachment"
    return answer


@require_POST
@staff
def deal_with(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody looked after a withdrawal that fitted no order."""
    statement = get_object_or_404(Statement, store=request.store, pk=pk)
    actions.deal_with(statement, by=request.member, now=timezone.now())
    messages.success(request, _("Noted."))
    return redirect("returns:desk")


@require_safe
@staff
def told(request: StaffRequest) -> HttpResponse:
    """What comes back, why, with pictures; and how fast we are."""
    now = timezone.now()
    context = {"products": desk.by_product(request.store, now=now), "pace": desk.pace(request.store, now=now)}
    return render(request, "returns/told.html", context)


def _return(request: StaffRequest, pk: int) -> Return:
    ours = Return.objects.select_related("store", "order__customer", "customer", "replaces", "refund")
    return get_object_or_404(ours, store=request.store, pk=pk)
