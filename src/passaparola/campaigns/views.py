"""The team's pages of campaigns, the calendar, and the letter's public page."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.campaigns import actions, archive, calendar, links
from passaparola.campaigns.foreseen import foreseen
from passaparola.campaigns.forms import CampaignForm, begun_with
from passaparola.campaigns.models import Campaign
from passaparola.campaigns.queries import figures, going_out
from passaparola.campaigns.standing import NOT_READY, STANDINGS, state_of
from passaparola.campaigns.wording import short_texts, tried
from passaparola.kernel.http.security import POLICY, written
from passaparola.messages.accounts import name_of
from passaparola.messages.reasons import sentence
from passaparola.stores.guard import StaffRequest, staff

FORM = ["GET", "HEAD", "POST"]
WITH_FRAME = written(POLICY | {"frame-src": "'self'"})


@require_safe
@staff
def campaigns(request: StaffRequest) -> HttpResponse:
    found = list(Campaign.objects.filter(store=request.store).for_list()[:100])
    still = going_out(request.store, found)
    states = [state_of(one, is_going_out=one.asked_by in still) for one in found]
    rows = [(one, STANDINGS[state], name_of(one.channel)) for one, state in zip(found, states, strict=True)]
    return render(request, "campaigns/list.html", {"rows": rows})


@require_http_methods(FORM)
@staff
def new(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    initial = begun_with(None, day=calendar.read_day(request.GET.get("day", ""), request.store, now))
    form = CampaignForm(request.POST or None, store=request.store, now=now, initial=initial)
    if form.is_valid():
        campaign = Campaign.objects.create(store=request.store, made_by=request.member, **form.values())
        messages.success(request, _("Kept as a draft. Look at it, then let it go."))
        return redirect("campaigns:campaign", campaign_id=campaign.pk)
    return render(request, "campaigns/form.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(FORM)
@staff
def edit(request: StaffRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, store=request.store, pk=campaign_id)
    now, initial = timezone.now(), begun_with(campaign, day=None)
    form = CampaignForm(request.POST or None, store=request.store, now=now, initial=initial)
    if form.is_valid():
        # Only a draft changes: what was planned was looked at as it stood.
        drafts = Campaign.objects.filter(pk=campaign.pk, scheduled_at=None, cancelled_at=None)
        if drafts.update(**form.values()):
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("It is no draft any more. Take it back first, then change it."))
        return redirect("campaigns:campaign", campaign_id=campaign.pk)
    context = {"form": form, "campaign": campaign}
    return render(request, "campaigns/form.html", context, status=400 if form.errors else 200)


@require_safe
@staff
def campaign(request: StaffRequest, campaign_id: int) -> HttpResponse:
    ours = Campaign.objects.filter(store=request.store).select_related(
        "template", "segment", "store", "made_by"
    )
    found, now = get_object_or_404(ours, pk=campaign_id), timezone.now()
    language, numbers = get_language() or "en", figures(found, now=now)
    ahead = None if found.started_at or found.cancelled_at else foreseen(found, now=now)
    dropped = numbers.dropped if ahead is None else ahead.dropped
    state = state_of(found, is_going_out=numbers.is_going_out)
    context = {
        "campaign": found,
        "state": state,
        "standing": STANDINGS[state],
        "tried": tried(found, now=now),
        "figures": numbers,
        "ahead": ahead,
        "meant": numbers.meant if ahead is None else ahead.meant,
        "texts": short_texts(found, now=now) if found.has_text else (),
        "channel": name_of(found.channel),
        "dropped": [
            (sentence(reason, {"waits_for": waits_for}, language), count)
            for (reason, waits_for), count in dropped.items()
        ],
        "archive": links.archive_link(found, host=""),
    }
    answer = render(request, "campaigns/campaign.html", context)
    answer.headers["Content-Security-Policy"] = WITH_FRAME
    return answer


@require_POST
@staff
def change(request: StaffRequest, campaign_id: int) -> HttpResponse:
    """Do what a button says."""
    found, now = get_object_or_404(Campaign, store=request.store, pk=campaign_id), timezone.now()
    match request.POST.get("do"):
        case "schedule":
            try:
                actions.schedule(found, now=now)
            except actions.NotReadyError as error:
                messages.error(request, NOT_READY[error.code])
        case "unschedule" if not actions.unschedule(found):
            messages.error(request, _("It has begun already. You can pause or cancel it."))
        case "throw away" if actions.throw_away(found):
            messages.success(request, _("The draft is gone."))
            return redirect("campaigns:campaigns")
        case "pause":
            actions.pause(found, now=now)
        case "resume":
            actions.resume(found, now=now)
        case "cancel":
            actions.cancel(found, now=now)
    return redirect("campaigns:campaign", campaign_id=found.pk)


@require_safe
@staff
def month(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    shown = calendar.month_of(request.store, request.GET.get("month", ""), now)
    return render(request, "campaigns/calendar.html", {"month": shown})


@require_safe
@xframe_options_sameorigin
def read(request: HttpRequest, token: str) -> HttpResponse:
    """The letter as a page, for whoever has its address. It shows nobody's data."""
    number = links.read_token(token, now=datetime.now(UTC))
    found = Campaign.objects.select_related("template", "store").filter(pk=number or 0).first()
    page = (
        archive.page(found, language=request.GET.get("language", ""), now=timezone.now()) if found else None
    )
    if page is None:
        return render(request, "404.html", status=404)
    answer = HttpResponse(page)
    answer.headers["Content-Security-Policy"] = archive.POLICY
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
