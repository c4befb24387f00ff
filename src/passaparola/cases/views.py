"""Cases: the list, one of them, and everything that is done in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.cases import actions, evidence, listing, story
from passaparola.cases.forms import AnswerForm, AssignForm, BudgetForm, ClaimForm, NoteForm, RemedyForm
from passaparola.cases.models import Case, Claim, Note
from passaparola.promises import actions as promises
from passaparola.promises.actions import Promised
from passaparola.stores.guard import StaffRequest, owners, staff
from passaparola.tracking.models import Parcel


@require_safe
@staff
def cases(request: StaffRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    found = listing.cases(request.store, show=show, member=request.member, now=timezone.now())
    return render(request, "cases/cases.html", {"show": show, "found": found})


@require_safe
@staff
def case(request: StaffRequest, case_id: int) -> HttpResponse:
    return _page(request, _case(request, case_id))


def _page(request: StaffRequest, case: Case, *, form: NoteForm | None = None) -> HttpResponse:
    now = timezone.now()
    context = {
        "case": case,
        "story": story.tell(case, is_owner=request.is_owner, now=now),
        "note_form": form or NoteForm(auto_id="note_%s"),
        "assign_form": AssignForm(store=request.store, initial={"to": case.owner_id}, auto_id="assign_%s"),
    }
    return render(request, "cases/case.html", context, status=400 if form else 200)


def _case(request: StaffRequest, case_id: int) -> Case:
    ours = Case.objects.select_related("store", "order", "customer", "owner", "closed_by")
    return get_object_or_404(ours, store=request.store, pk=case_id)


@require_POST
@staff
def take(request: StaffRequest, case_id: int) -> HttpResponse:
    actions.assign(_case(request, case_id), to=request.member, now=timezone.now())
    messages.success(request, _("It is yours now."))
    return redirect("cases:case", case_id)


@require_POST
@staff
def assign(request: StaffRequest, case_id: int) -> HttpResponse:
    found, form = _case(request, case_id), AssignForm(request.POST, store=request.store)
    if not form.is_valid():
        messages.error(request, _("Choose somebody of the team."))
        return redirect("cases:case", case_id)
    to = request.store.members.filter(pk=form.cleaned_data["to"] or 0).first()
    actions.assign(found, to=to, now=timezone.now())
    return redirect("cases:case", case_id)


@require_POST
@staff
def note(request: StaffRequest, case_id: int) -> HttpResponse:
    found, form = _case(request, case_id), NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _page(request, found, form=form)
    actions.note(found, words=form.cleaned_data["words"], by=request.member, now=timezone.now())
    return redirect("cases:case", case_id)


@require_POST
@staff
def promise(request: StaffRequest, case_id: int, note_id: int, place: int) -> HttpResponse:
    """Keep what a note promises in the ledger: one click."""
    found, now = _case(request, case_id), timezone.now()
    written = get_object_or_404(Note.objects.select_related("by"), case=found, pk=note_id)
    said = dict(enumerate(story.commitments_in(written, request.store))).get(place)
    if said is not None:
        promises.make([_promised(found, written, place, request)], now=now)
        messages.success(request, _("Kept as a promise. It stays open until it is done."))
    return redirect("cases:case", case_id)


def _promised(case: Case, written: Note, place: int, request: StaffRequest) -> Promised:
    said = story.commitments_in(written, request.store)[place]
    return Promised(
        store_id=case.store_id,
        key=f"note:{written.pk}:{place}",
        kind=said.kind,
        words=said.words,
        evidence=said.words,
        due_at=said.due_at,
        order_id=case.order_id,
        customer_id=case.customer_id,
        subject_id=case.pk,
        said_in="reply",
        owner_id=written.by_id or request.member.pk,
        made_at=written.written_at,
    )


@require_POST
@staff
def remedy(request: StaffRequest, case_id: int) -> HttpResponse:
    found, form = _case(request, case_id), RemedyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a remedy, and an amount as a number."))
        return redirect("cases:case", case_id)
    try:
        actions.grant(
            found, **form.cleaned_data, by=request.member, is_owner=request.is_owner, now=timezone.now()
        )
        messages.success(request, _("Noted. It stands in the case, and in this month’s budget."))
    except actions.NotGrantedError as no:
        messages.error(request, str(no))
    return redirect("cases:case", case_id)


@require_POST
@staff
def close(request: StaffRequest, case_id: int) -> HttpResponse:
    try:
        actions.close(_case(request, case_id), by=request.member, now=timezone.now())
        messages.success(request, _("Closed. Calm is back."))
    except actions.NotSettledError as no:
        messages.error(request, str(no))
    return redirect("cases:case", case_id)


@require_POST
@staff
def claim(request: StaffRequest, case_id: int, parcel_id: int) -> HttpResponse:
    found, form = _case(request, case_id), ClaimForm(request.POST)
    parcel = _parcel(found, parcel_id)
    if form.is_valid():
        actions.file_claim(found, parcel=parcel, asked=form.cleaned_data["asked"], now=timezone.now())
        messages.success(request, _("Noted. The evidence is ready to be sent to the carrier."))
    else:
        messages.error(request, _("Type the amount as a number, such as 46.00."))
    return redirect("cases:case", case_id)


@require_POST
@staff
def answer(request: StaffRequest, case_id: int, claim_id: int) -> HttpResponse:
    found, form = _case(request, case_id), AnswerForm(request.POST)
    asked = get_object_or_404(Claim, case=found, pk=claim_id)
    if form.is_valid():
        actions.answer_claim(asked, recovered=form.cleaned_data["recovered"], now=timezone.now())
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("Type the amount as a number, such as 46.00."))
    return redirect("cases:case", case_id)


@require_safe
@staff
def pack(request: StaffRequest, case_id: int, parcel_id: int) -> HttpResponse:
    found = _case(request, case_id)
    parcel = _parcel(found, parcel_id)
    file = evidence.pack(found, parcel, now=timezone.now())
    name = f"claim-{found.order}-{parcel.pk}.pdf".replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _parcel(case: Case, parcel_id: int) -> Parcel:
    ours = Parcel.objects.select_related("tracker", "order__store")
    return get_object_or_404(ours, store=case.store_id, order=case.order_id, pk=parcel_id)


@require_POST
@owners
def budget(request: StaffRequest) -> HttpResponse:
    form = BudgetForm(request.POST)
    if form.is_valid():
        actions.set_budget(request.store, **form.cleaned_data)
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("Type both amounts as numbers, such as 100.00."))
    return redirect("cases:cases")
