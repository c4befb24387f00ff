"""What the office says of waits."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import MOMENTS, StepWords, length


def says(settings: Mapping[str, Any]) -> str:
    said = [gettext("wait")]
    if settings["for"]:
        said.append(length(settings["for"]))
    if settings["until"]:
        said.append(_until(settings))
    if settings["working_days"]:
        said.append(gettext("on working days"))
    if settings["at"]:
        said.append(gettext("until %(hour)s") % {"hour": f"{settings['at']:%H:%M}"})
    if settings["between"]:
        start, end = settings["between"]
        said.append(
            gettext("between %(start)s and %(end)s") % {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        )
    return ", ".join([" ".join(said[:2]), *said[2:]])


def _until(settings: Mapping[str, Any]) -> str:
    moment = MOMENTS[settings["until"]]
    if settings["before"]:
        return gettext("until %(length)s before: %(moment)s") % {
            "length": length(settings["before"]),
            "moment": moment,
        }
    if settings["after"]:
        return gettext("until %(length)s after: %(moment)s") % {
            "length": length(settings["after"]),
            "moment": moment,
        }
    return gettext("until: %(moment)s") % {"moment": moment}


words = StepWords(
    label=_("Wait"),
    icon="clock",
    about=_("Let time pass, to the right hour of the customer's day."),
    settings={
        "for": _("For how long"),
        "until": _("Until"),
        "before": _("So long before"),
        "after": _("So long after"),
        "at": _("Then until this hour"),
        "between": _("Then only between these hours"),
        "working_days": _("Only on working days of the customer's country"),
        "give_up_after": _("Go on after this time, if the day never becomes known"),
        "must_be_known": _("Then end the journey instead: without the day the rest makes no sense"),
    },
    hints={"at": _("9:00"), "between": _("9:00-18:00")},
    says=says,
    is_pill=True,
    rank=1,
    rare=("until", "before", "after", "at", "give_up_after", "must_be_known"),
)
