"""The page behind the link at the foot of every mail: what we write about, how often, and in which language."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from passaparola.kernel.ui.shell import CustomerShell
from passaparola.messages import actions
from passaparola.messages.accounts import name_of
from passaparola.messages.channel import rights_of
from passaparola.messages.forms.preferences import PreferencesForm, channels_of, wishes_now, wording_of
from passaparola.messages.links import read_token
from passaparola.messages.models import Message
from passaparola.stores.hosts import may_show
from passaparola.stores.models import Store

ONE_CLICK = "List-Unsubscribe"


@csrf_exempt  # the signed link is the key, and mail programs post to it without ever having seen the page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show what we write about; change it on POST only: link scanners open every link."""
    now = datetime.now(UTC)
    message = Message.objects.select_related("store").filter(pk=read_token(token, now=now) or 0).first()
    if message is None or not may_show(request, message.store.slug):
        shell = shell_of(Store(name="Passaparola"))
        return render(request, "messages/ended.html", {"shell": shell}, status=404)
    with translation.override(message.language), timezone.override(message.store.zone):
        if ONE_CLICK in request.POST:
            actions.unsubscribe(message, source="one_click", now=now)
            return HttpResponse(_("Done: no more offers and news."), content_type="text/plain")
        was_changed = request.method == "POST" and _change(request, message, now)
        return _page(request, message, now, was_changed=was_changed)


def _change(request: HttpRequest, message: Message, now: datetime) -> bool:
    """Do what was asked for; tell whether it could be understood."""
    if request.POST.get("offers") == "no":
        actions.unsubscribe(message, source="page", now=now)
    elif request.POST.get("offers") == "yes":
        actions.subscribe(message, wording=wording_of(message.store, message.channel), source="page", now=now)
    else:
        ways = channels_of(message, now)
        form = PreferencesForm(request.POST, store=message.store, now=wishes_now(message, now), channels=ways)
        if not form.is_valid():
            return False
        actions.choose(message, wishes=form.wishes(now), wordings=form.wordings(message), now=now)
    return True


def _page(request: HttpRequest, message: Message, now: datetime, *, was_changed: bool) -> HttpResponse:
    wishes = wishes_now(message, now)
    context = {
        "shell": shell_of(message.store),
        "shop": message.store,
        "form": PreferencesForm(store=message.store, now=wishes, channels=channels_of(message, now)),
        "channel": name_of(message.channel),
        "is_mail": rights_of(message.channel) == "email",
        "wishes": wishes,
        "is_silent": not any(wishes.agreed.values()),
        "was_changed": was_changed,
        "wording": wording_of(message.store, message.channel),
        "address": masked(message.to_address),
    }
    answered = render(request, "messages/preferences.html", context)
    answered.headers["X-Robots-Tag"] = "noindex"
    return answered


def masked(address: str) -> str:
    """Return `g…a@posta.example`, or `…67` of a number: a forwarded message tells nobody the whole address."""
    local, sign, domain = address.partition("@")
    if not sign:
        return f"…{address[-2:]}"
    return f"{local[:1]}…{local[-1:]}@{domain}" if len(local) > 1 else f"…@{domain}"


def shell_of(store: Store) -> CustomerShell:
    line = ", ".join(part for part in (store.name, store.postal_address) if part)
    look = f"/s/{store.slug}/brand.css" if store.pk else "/s/brand.css"
    return CustomerShell(shop_name=store.name, brand_css_url=look, shop_url=store.url, footer_line=line)
