"""A letter that can be sent, and people who agreed to get it."""

import pytest
from tests.cast import NOON

from passaparola.campaigns.models import Campaign
from passaparola.customers.models import Customer
from passaparola.messages.actions import templates
from passaparola.messages.models import Message


@pytest.fixture
def letter(luna, chiara):
    made = templates.write(luna, name="Primavera", kind="newsletter", by=chiara, now=NOON)
    templates.publish(made.versions.get(), now=NOON)
    return made


@pytest.fixture
def people(luna):
    """Make so many people who agreed to news."""

    def make(count, **changes):
        given = {
            "store": luna,
            "accepts_marketing": True,
            "consent_at": NOON,
            "language": "it",
            "country": "IT",
        }
        return Customer.objects.bulk_create(
            Customer(**given | {"first_name": f"N{n}", "email": f"n{n}@posta.example"} | changes)
            for n in range(count)
        )

    return make


@pytest.fixture
def campaign(luna, letter):
    return Campaign.objects.create(
        store=luna, name="Primavera", template=letter, starts_at=NOON, made_at=NOON
    )


@pytest.fixture
def asked():
    """The messages of a campaign, by customer."""
    return lambda campaign: {m.customer_id: m for m in Message.objects.filter(asked_by=campaign.asked_by)}
