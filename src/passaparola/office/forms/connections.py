"""Connecting with another system: its secret, and what it asks for."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.office.forms.fields import OfficeForm, line
from passaparola.office.queries.connections import Kind

SHORTEST_SECRET = 8
NAMES = {
    "contract": _("Contract number"),
    "depot": _("Depot (the letters on your labels)"),
    "user": _("User name"),
    "password": _("Password"),
    "address": _("Address"),
    "customer": _("Customer number"),
    "key": _("Key"),
    "account": _("Account SID"),
    "sender": _("Sender: a number, a name or a Messaging Service"),
    "phone_number_id": _("Phone number ID"),
    "token": _("Access token"),
    "template": _("Approved template for news of orders (its name)"),
    "offers_template": _("Approved template for offers and questions (its name)"),
    "number": _("The number customers write to, like +39055123456"),
    "shop_address": _("Address of the shop, https://… (only to give money back from here)"),
    "refund_key": _("Consumer key that may write orders"),
    "refund_secret": _("Consumer secret"),
    "refund_token": _("Access token that may write orders"),
    "bot": _("User name of the bot, like luna_bot"),
}
SECRET = ("password", "key", "token", "refund_key", "refund_secret", "refund_token")


class ConnectionForm(OfficeForm):
    """What a kind asks for: nothing, the secret its sender made, contract numbers."""

    def __init__(self, *args: Any, kind: Kind, kept: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.kept = kind, kept or {}
        if kind.posts and kept is None:
            self.fields["secret"] = secret_field(kind)
        for name in kind.asks_for:
            self.fields[f"set_{name}"] = self._setting(name)

    def _setting(self, name: str) -> forms.CharField:
        """Kept passwords are never shown again; leaving the field empty keeps them."""
        is_secret, is_kept = name in SECRET, bool(self.kept.get(name))
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"}) if is_secret else line()
        return forms.CharField(
            label=NAMES.get(name, name.replace("_", " ").capitalize()),
            initial="" if is_secret else self.kept.get(name, ""),
            required=not (self.kind.posts or (is_secret and is_kept)),
            max_length=500,
            widget=widget,
            help_text=_("Leave it empty to keep the one there is.") if is_secret and is_kept else "",
        )

    def clean_set_shop_address(self) -> str:
        """Keys that can give money back are sent there: never in the clear."""
        typed = str(self.cleaned_data["set_shop_address"]).strip()
        if typed and not typed.lower().startswith("https://"):
            raise forms.ValidationError(_("Write it with https:// at its beginning."))
        return typed

    def settings(self) -> str:
        """As JSON, the way the connection keeps it: what is secret stays where nothing was typed."""
        typed = {name: self.cleaned_data.get(f"set_{name}", "") for name in self.kind.asks_for}
        unseen = {name: self.kept.get(name, "") for name in SECRET}
        return json.dumps({name: value or unseen.get(name, "") for name, value in typed.items()})


class SecretForm(OfficeForm):
    """A new secret for a connection; typed where its sender makes them."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.posts:
            self.fields["secret"] = secret_field(kind)


def secret_field(kind: Kind) -> forms.CharField:
    """Needed where only the sender can make it, else for those who have one already."""
    theirs = _("%(name)s makes the secret: copy it from there.")
    ours = _("If %(name)s shows you one, paste it here. Left empty, we make one for you to paste there.")
    return forms.CharField(
        label=_("Secret"),
        required=kind.sender_makes_secret,
        min_length=SHORTEST_SECRET,
        max_length=500,
        help_text=(theirs if kind.sender_makes_secret else ours) % {"name": kind.name},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"min_length": _("A secret this short protects nothing: at least 8 characters.")},
    )
