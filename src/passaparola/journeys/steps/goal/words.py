"""What the office says of goals."""

from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords

words = StepWords(
    label=_("Goal"), icon="flag", about=_("Whoever comes here has reached the goal."), tone="good", rank=8
)
