"""Signing in, with tries counted per address and per place they come from."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.limits import may_try

WINDOW = timedelta(minutes=15)
TRIES_AN_ADDRESS = 10
TRIES_A_SOURCE = 60
"""A whole team may sit behind one address of the network."""


class _Counted(forms.Form):
    """A form that may be sent only so often."""

    what = ""
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )

    def __init__(self, *args: Any, source: str = "", now: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.now = source, now

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def refuse_too_many(self) -> None:
        """Raise where this address or this place tried too often; counts this try."""
        assert self.now  # noqa: S101 - only a form without data is made without a time
        by_address = may_try(
            self.what, self.cleaned_data.get("email", ""), most=TRIES_AN_ADDRESS, per=WINDOW, now=self.now
        )
        by_source = may_try(self.what, f"from {self.source}", most=TRIES_A_SOURCE, per=WINDOW, now=self.now)
        if not (by_address and by_source):
            raise forms.ValidationError(
                _("That was tried too often. Wait a quarter of an hour and try again.")
            )


class SignInForm(_Counted):
    what = "sign-in"
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    @classmethod
    def empty(cls) -> "SignInForm":
        return cls()

    def clean(self) -> dict[str, Any]:
        self.refuse_too_many()
        email, password = self.cleaned_data.get("email"), self.cleaned_data.get("password")
        if not (email and password):
            return self.cleaned_data
        # authenticate() hashes also for unknown addresses, so its time tells nothing.
        member = authenticate(None, username=email, password=password)
        if member is None:
            raise forms.ValidationError(_("This e-mail and this password don't go together."))
        return self.cleaned_data | {"member": member}


class LinkForm(_Counted):
    what = "sign-in link"

    def clean(self) -> dict[str, Any]:
        self.refuse_too_many()
        return self.cleaned_data
