"""What goes back, under which rules, with what pictures, in which parcels."""

from passaparola.returns.models.drafts import Draft
from passaparola.returns.models.filed import Item, Return, Step
from passaparola.returns.models.given_back import GivingBack
from passaparola.returns.models.parcels import BackParcel
from passaparola.returns.models.photos import Photo
from passaparola.returns.models.policies import Policy, Settings
from passaparola.returns.models.statements import Statement

__all__ = [
    "BackParcel",
    "Draft",
    "GivingBack",
    "Item",
    "Photo",
    "Policy",
    "Return",
    "Settings",
    "Statement",
    "Step",
]
