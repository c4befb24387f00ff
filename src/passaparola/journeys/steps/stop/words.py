"""What the office says of stops."""

from django.utils.translation import gettext_lazy as _

from passaparola.journeys.words import StepWords

words = StepWords(label=_("Stop"), icon="circle-stop", about=_("The journey ends here."), tone="bad", rank=10)
