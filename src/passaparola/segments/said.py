"""The sentences that tell what is wrong in conditions: named here so that translators find them.

The rules that say them know no Django.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("“%(text)s” is none of: %(those)s."),
    _("These are more than %(most)s conditions: split them."),
    _("This is nested too deeply: six levels are the most."),
    _("A condition has a field, or one of all, any, none, some_order, no_order."),
    _("“%(key)s” is not known here."),
    _("Choose what this condition asks, or take it away."),
    _("There is no field “%(name)s”; did you mean “%(near)s”?"),
    _("“%(field)s” can't be asked “%(operator)s”; there is: %(operators)s."),
    _("“%(of)s” is nothing that is counted."),
    _("“about” is customer or order."),
    _("This number is too large."),
    _("“%(field)s” is compared with a whole number."),
    _("This is yes or no."),
    _("Put this word in quotation marks: YAML reads it as yes or no."),
    _("Say what to compare it with."),
    _("This text is longer than 200 characters."),
    _("“%(join)s” stands alone: put it beside the others in a list."),
    _("“%(join)s” needs a list of conditions."),
    _("“%(key)s” belongs to history only."),
    _("“within” is a length of time such as “90 days”."),
    _("“%(operator)s” needs a length of time such as “90 days”."),
    _("A list of 200 is the longest."),
    _("Name at least one."),
    _("“%(field)s” is told by an event: only journeys can ask for it."),
    _("A day is written like 2026-11-18."),
    _("“%(field)s” is compared with a number."),
)
