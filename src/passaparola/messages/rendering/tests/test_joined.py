"""News told in another letter: each is a sentence of it, in both languages, for every kind that can be joined."""

import pytest

from passaparola.messages.kind import KINDS
from passaparola.messages.rendering import liquids
from passaparola.messages.rendering.brand import Brand
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.own import document_of, own_texts
from passaparola.messages.rendering.template import build_texts, template_for
from passaparola.messages.rendering.tests import sample
from passaparola.messages.rendering.texts import texts_of, words_of
from passaparola.stores.models import Store

NEWS = sorted(key for key, kind in KINDS.items() if kind.urgency)
STORE = Store(name="Bottega Luna", slug="luna", url="https://bottegaluna.example")
OWN, OTHER, GONE = 2, 3, 99
PAIRS = [(lead, along) for lead in NEWS for along in NEWS if KINDS[lead].urgency > KINDS[along].urgency]


def data(lead, language, along, parcel):
    told = {"cause": "carrier", "joined": [{"kind": along, "parcel": parcel}], **KINDS[lead].example}
    return content(sample.matter(lead, language, told=told))


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(("lead", "along"), PAIRS)
def test_the_letter_says_the_other_news(lead, along, language):
    template = template_for(lead, language, STORE)
    for parcel in (OTHER, OWN, GONE, None):
        given = data(lead, language, along, parcel)
        (sentence,) = given["joined"]

        mail = template.render(given)

        assert sentence in mail.text
        assert sentence in template.short(given)
        assert "{" not in sentence
        assert not sentence[0].islower()
        assert sentence.endswith(".")


@pytest.mark.parametrize("along", NEWS)
def test_it_says_which_things_and_when(along):
    (sentence,) = data(max(NEWS, key=lambda key: KINDS[key].urgency), "it", along, OTHER)["joined"]

    assert "Tazza Alba" in sentence
    assert words_of("it")["joined"].keys() == words_of("en")["joined"].keys() == set(NEWS)


def test_what_a_sentence_tells_is_not_told_again_among_the_other_parcels():
    given = data("delayed", "en", "out_for_delivery", OTHER)

    text = template_for("delayed", "en", STORE).render(given).text

    assert "are out for delivery today" in text
    assert "separately" not in text


def test_a_shops_own_texts_tell_it_too_even_without_the_block_of_other_parcels():
    document = document_of(texts_of("delayed", "it"))
    document["blocks"] = [{"type": "paragraph", "text": "Purtroppo tarda."}]
    texts = own_texts("delayed", "it", document)
    template = build_texts(texts, Brand.of(STORE), html=liquids.HTML, text=liquids.TEXT)

    assert (
        "Il resto dovrebbe arrivare domani." in template.render(data("delayed", "it", "arriving", None)).text
    )


def test_nothing_joined_says_nothing():
    assert content(sample.matter("delayed"))["joined"] in (None, [])
    assert content(sample.matter("delayed", told={"joined": "x"}))["joined"] in (None, [])
