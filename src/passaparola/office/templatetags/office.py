"""Filters of the team's templates: `{% load office %}`."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from passaparola.kernel.ui import formats
from passaparola.office.paging import as_id
from passaparola.office.queries import one_order
from passaparola.tracking.models import Parcel

register = template.Library()
register.filter("as_id", as_id)


@register.filter
def carriers(parcels: Iterable[Parcel]) -> str:
    """Who brings them, each once: `BRT, GLS`."""
    keys = dict.fromkeys(parcel.tracker.carrier for parcel in parcels if parcel.tracker)
    return ", ".join(one_order.carrier_name(key) for key in keys if key)


@register.filter
def address_lines(address: Mapping[str, str]) -> list[str]:
    """An address as it stands on a parcel, without empty lines."""
    told = address.get
    town = " ".join(part for part in (told("postcode"), told("city"), told("province")) if part)
    names = (
        told("name"),
        told("company"),
        told("line1"),
        told("line2"),
        town,
        told("country"),
        told("phone"),
    )
    return [line for line in names if line]


@register.filter
def moment_there(local: datetime, has_time: bool) -> str:  # noqa: FBT001 - templates pass by position
    """When a step happened, at the clock of its place; the day alone where the carrier told no time."""
    language = get_language() or "en"
    zone = local.tzinfo or UTC
    told = formats.moment if has_time else formats.short_day
    return told(local, language, zone, timezone.now())
