"""What we know of somebody and have sent them; the whole of it as a file; being forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from passaparola.account import actions
from passaparola.account.actions.forgetting import PURPOSE, erasure_path
from passaparola.account.forms import BirthdayForm
from passaparola.account.guard import AccountRequest, by_account
from passaparola.account.models import AccountSession
from passaparola.account.spoken import spoken
from passaparola.account.views.orders import too_many
from passaparola.customers import actions as customers
from passaparola.customers import privacy
from passaparola.customers.models import Customer, Erasure
from passaparola.kernel import signing
from passaparola.kernel.limits import may_try
from passaparola.messages.links import preferences_link
from passaparola.messages.models import Message
from passaparola.messages.reasons import word
from passaparola.orders.guard import gone
from passaparola.stores.look import shell_of_store

LATEST = 30
EXPORTS, EXPORTS_PER = 10, timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@by_account
def known(request: AccountRequest, slug: str) -> HttpResponse:
    """What we know and have sent; the birthday is told here."""
    root = _root(request)
    form = BirthdayForm(
        request.POST if request.method == "POST" else None, initial=BirthdayForm.parts(root.birthday)
    )
    if form.is_valid():
        customers.tell_birthday(root, form.birthday(), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("account:privacy", slug=slug)
    person = privacy.person_of(root)
    context = _context(request, root, person) | {"form": form}
    return render(request, "account/privacy.html", context, status=400 if form.errors else 200)


def _context(request: AccountRequest, root: Customer, person: privacy.Person) -> dict[str, Any]:
    sent = list(
        Message.objects.filter(store=request.store, customer__in=person.ids, sent_at__isnull=False)
        .exclude(kind="sign_in_code")
        .order_by("-sent_at")[:LATEST]
    )
    sessions = (
        AccountSession.objects.open(now=request.now).filter(customer__in=person.ids).order_by("-made_at")
    )
    own = next((one for one in sent if one.reader_id), None)
    waiting = Erasure.objects.waiting().filter(customer=root).first()
    return {
        "shell": request.shell,
        "shop": request.store,
        "customer": root,
        "person": person,
        "sent": [(word(one.kind, get_language() or "en"), one.sent_at, one.to_address) for one in sent],
        "preferences": preferences_link(own.pk, now=request.now, host=request.store.host) if own else "",
        "sessions": list(sessions),
        "here": request.session_of.pk,
        "erasure_path": erasure_path(waiting, now=request.now) if waiting else "",
    }


@require_POST
@by_account
def export(request: AccountRequest, slug: str) -> HttpResponse:
    del slug
    root = _root(request)
    if not may_try("export of", str(root.pk), most=EXPORTS, per=EXPORTS_PER, now=request.now):
        return too_many(request, request.store)
    told = privacy.export_of(privacy.person_of(root))
    whole = {"shop": request.store.name, "made_at": request.now, **told}
    response = JsonResponse(
        whole, encoder=DjangoJSONEncoder, json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{request.store.slug}.json"'
    return response


@require_POST
@by_account
def forget(request: AccountRequest, slug: str) -> HttpResponse:
    """Ask to be forgotten; said twice on the page, thought over for a week, confirmed by mail."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick the box first, so that nobody does this by accident."))
        return redirect("account:privacy", slug=slug)
    made = actions.ask_to_be_forgotten(request.session_of, now=request.now)
    return redirect(erasure_path(made, now=request.now))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """How far it is; taken back until it is done; afterwards the certificate."""
    now = datetime.now(UTC)
    pk = signing.read(PURPOSE, token, now=now) if len(token) < 100 else None  # noqa: PLR2004 - none of ours is longer
    found = Erasure.objects.select_related("store").filter(pk=pk or 0, store__slug=slug).first()
    if found is None:
        return gone(request)
    language = spoken(request, found.store)
    with translation.override(language), timezone.override(found.store.zone):
        if request.method == "POST":
            if customers.cancel_erasure(found, now=now):
                messages.success(request, _("Taken back: everything stays as it was."))
            return redirect(request.get_full_path())
        context = {
            "shell": shell_of_store(found.store, language),
            "shop": found.store,
            "erasure": found,
            "kept": [_(part.kept) for part in privacy.parts() if part.kept],
            "total": sum(found.counts.values()),
        }
        response = render(request, "account/erasure.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _root(request: AccountRequest) -> Customer:
    return request.session_of.customer.merged_into or request.session_of.customer
