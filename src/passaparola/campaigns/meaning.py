"""Who a campaign is for."""

from passaparola.campaigns.models import Campaign
from passaparola.segments import queries
from passaparola.segments.rules.condition import Condition, ConditionError


class NobodyError(ValueError):
    """It can't be said whom it is for."""


def meant_by(campaign: Campaign) -> Condition:
    """Return the condition as it stands now. NobodyError where its segment is gone or can't be read any more.

    An empty tree is true of everybody: so what is missing has to be told apart from it before it is read.
    """
    tree = campaign.meaning
    if tree is None:
        raise NobodyError("its segment is gone")
    try:
        return queries.read(tree)
    except ConditionError as error:
        raise NobodyError(str(error)) from error
