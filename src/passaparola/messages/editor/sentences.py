"""What is wrong with a template, in a sentence of the office's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passaparola.messages.rendering.own import MOST_BLOCKS, Problem

BLOCKS = {
    "heading": gettext_lazy("Heading"),
    "subheading": gettext_lazy("Smaller heading"),
    "paragraph": gettext_lazy("Text"),
    "button": gettext_lazy("Button"),
    "image": gettext_lazy("Picture"),
    "note": gettext_lazy("A word from you, signed"),
    "coupon": gettext_lazy("Coupon"),
    "divider": gettext_lazy("Line between"),
    "progress": gettext_lazy("Steps of the order"),
    "items": gettext_lazy("What was bought"),
    "details": gettext_lazy("Date, payment, address"),
    "parcel": gettext_lazy("Carrier and number"),
    "siblings": gettext_lazy("Other parcels"),
    "similar": gettext_lazy("Similar things"),
    "mjml": gettext_lazy("MJML, for experts"),
}
"""What blocks are called."""
FIELDS = {
    "text": gettext_lazy("text"),
    "url": gettext_lazy("link"),
    "image": gettext_lazy("picture"),
    "alt": gettext_lazy("words for the picture"),
    "if": gettext_lazy("condition"),
    "type": gettext_lazy("kind of block"),
}


def sentence(problem: Problem) -> str:
    """Return what is wrong and what to do."""
    if problem.code == "unknown_name" and problem.instead:
        return _("There is no “%(name)s”. Did you mean “%(instead)s”?") % {
            "name": problem.words,
            "instead": problem.instead,
        }
    return {
        "no_subject": _("Write a subject: without one it looks like spam."),
        "one_line": _("The subject must be one line."),
        "no_blocks": _("Add at least one block: there is nothing to read yet."),
        "too_many_blocks": _("Use at most %(most)d blocks.") % {"most": MOST_BLOCKS},
        "no_such_block": _("“%(words)s” is no block.") % {"words": problem.words},
        "too_long": _("This text is too long. Mail programs cut it off; say it in fewer words."),
        "subject_may_be_empty": _(
            "For somebody we know little of the subject would be empty. Add words that are always there."
        ),
        "unknown_name": _("There is no “%(name)s”. What there is stands under “What you can say”.")
        % {"name": problem.words},
        "mjml": _("This can’t be made into a mail: %(words)s") % {"words": problem.words},
        "liquid": _("Liquid can’t read this: %(words)s") % {"words": problem.words},
        "source": _("This is not written as it should be: %(words)s") % {"words": problem.words},
    }.get(problem.code, problem.words)


def place(problem: Problem) -> str:
    """Return where it is: `Block 3, text, line 2`."""
    head, _dot, rest = problem.place.partition(".")
    names = {"subject": _("Subject"), "preview": _("Preview"), "short": _("In short"), "source": _("Source")}
    words = str(names.get(head, ""))
    if rest:
        number, _dot, name = rest.partition(".")
        words = _("Block %(number)d") % {"number": int(number) + 1}
        words += f", {FIELDS[name]}" if name in FIELDS and name != "type" else ""
    if problem.line:
        line = _("line %(line)d") % {"line": problem.line}
        words = f"{words}, {line}" if words else line.capitalize()
    return words
