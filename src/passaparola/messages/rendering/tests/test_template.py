"""Every kind in every language: no holes, no surprises, and the quick way gives the same letters."""

import quopri
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from liquid import StrictUndefined
from mjml import mjml2html

from passaparola.messages.kind import KINDS
from passaparola.messages.rendering import encoding, liquids
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.matter import Person
from passaparola.messages.rendering.page import compose
from passaparola.messages.rendering.template import build, compiled
from passaparola.messages.rendering.tests import sample
from passaparola.messages.rendering.texts import texts_of

EVERY = pytest.mark.parametrize(("kind", "language"), [(k, lang) for k in KINDS for lang in ("en", "it")])


def some_of(draw, values, **empty):
    """Leave out what the draw says."""
    return {name: value if draw(st.booleans()) else empty.get(name, "") for name, value in values.items()}


@st.composite
def gaps(draw, kind, language):
    """An order of which anything may be unknown."""
    order = sample.ORDER
    blanks = {
        "number": "",
        "payment_method": "",
        "first_name": "",
        "paid_at": None,
        "placed_at": None,
        "promised_first": None,
        "promised_last": None,
        "shipping_method": "",
    }
    changes = {name: blank for name, blank in blanks.items() if draw(st.booleans())}
    address = {k: v for k, v in order.shipping_address.items() if draw(st.booleans())}
    gone = {
        "name": "",
        "number": "",
        "carrier": "",
        "link": "",
        "place": "",
        "parts": [],
        "arrival_first": None,
        "arrival_last": None,
        "arrival_from": None,
        "promised_last": None,
    }
    parcels = []
    for parcel in sample.matter(kind).parcels:
        if draw(st.booleans()) or parcel.pk == 2:
            less = parcel._replace(**{name: blank for name, blank in gone.items() if draw(st.booleans())})
            parcels.append(less._replace(state=draw(st.sampled_from(["in_transit", "delivered"]))))
    told = some_of(
        draw,
        {
            "cause": draw(st.sampled_from(["shop", "customs", "lost", "x"])),
            "amount": "46",
            **KINDS[kind].example,
        },
    )
    return sample.matter(
        kind,
        language,
        order=order._replace(shipping_address=address, **changes),
        lines=draw(st.sampled_from([(), sample.LINES, sample.LINES[:1]])),
        parcels=tuple(parcels),
        told={name: value for name, value in told.items() if value},
        signature=draw(st.sampled_from(["", "Sara"])),
        person=draw(st.sampled_from([Person(), Person("Giulia", "Moretti")])),
        coupon=draw(st.sampled_from(["", "LUNA10"])),
        similar=draw(st.sampled_from([[], sample.matter().similar])),
    )


HOLES = re.compile(
    r"None|\{[{%]|\( ?\)|,\s*[,.!?:]|(?<![.])\.\.(?![.])| [,.;!?]|: *\.|: ?$|^\s*[,.;:]", re.MULTILINE
)


def assert_reads_well(words):
    for line in words.splitlines():
        if not line.endswith(":") or not line.strip():  # a label before its address on the next line
            assert not HOLES.search(line), line
        assert "  " not in line.strip(), line
    assert "\n\n\n" not in words


SHORT_HOLES = re.compile(r"None|\{[{%]|,\s*[,.!?:]|(?<![.])\.\.(?![.])| [,.;!?:]|^\s*[,.;:]|\s$|  ")
LONGEST = 320
LINK = "https://ordini.bottegaluna.example/o/vq9PMpj6nIsK7yJYIAcAAQ/"


def assert_fits(short):
    """The line or two for channels without room: it stands after the shop's name and before the link."""
    assert short
    assert not SHORT_HOLES.search(short), short
    assert len(f"Bottega Luna: {short} {LINK}") <= LONGEST, short


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_missing_data_never_prints_a_hole(kind, language, data):
    matter = data.draw(gaps(kind, language))

    words = content(matter)
    template = compiled(kind, language, sample.BRAND)
    rendered = template.render(words)

    assert_reads_well(rendered.text)
    assert_reads_well(rendered.subject)
    assert rendered.subject
    assert "None" not in rendered.html
    assert_fits(template.short(words))


@EVERY
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_quick_way_gives_the_same_letters_as_liquid(kind, language, data):
    words = content(data.draw(gaps(kind, language)))

    rendered = compiled(kind, language, sample.BRAND)

    html, subject = in_liquid(kind, language)
    assert rendered.html_of(words) == html.render(words)
    assert rendered.subject_of(words) == " ".join(subject.render(words).split())


@cache
def in_liquid(kind, language):
    texts = texts_of(kind, language)
    page = mjml2html(compose(texts, sample.BRAND).mjml, fonts={})
    return liquids.HTML.from_string(page), liquids.TEXT.from_string(texts.subject)


@EVERY
def test_templates_ask_only_for_what_there_is(kind, language):
    strict = liquids.environment(escapes=True, forgiving=False)
    parts = compose(texts_of(kind, language), sample.BRAND)

    for source in (parts.mjml, parts.text, texts_of(kind, language).subject):
        assert strict.undefined is StrictUndefined
        strict.from_string(source).render(content(sample.matter(kind, language)))


@EVERY
def test_a_hostile_name_stays_a_name(kind, language):
    nasty = "<b onclick=x>{{ store }}\r\nBcc: all@example.org"
    order = sample.ORDER._replace(first_name=nasty, number=nasty)
    matter = sample.matter(kind, language, order=order, person=Person(nasty, nasty))

    rendered = compiled(kind, language, sample.BRAND).render(content(matter))

    assert "<b onclick" not in rendered.html
    assert "\n" not in rendered.subject
    assert "\r" not in rendered.subject


@given(st.text(), st.text())
def test_quoted_pieces_come_back_and_keep_their_lines_short(one, other):
    pieces = encoding.quoted(one) + encoding.quoted(other)

    wanted = encoding._BREAKS.sub("\n", one) + encoding._BREAKS.sub("\n", other)
    back = quopri.decodestring(pieces).replace(b"\r\n", b"\n")
    assert back == wanted.encode("utf-8", "replace")
    assert max(len(line) for line in pieces.split(b"\r\n")) <= 76


def test_another_brand_or_text_is_another_version():
    one = build("shipped", "en", sample.BRAND, html=liquids.HTML, text=liquids.TEXT)
    other = build(
        "shipped", "en", replace(sample.BRAND, colour="#224466"), html=liquids.HTML, text=liquids.TEXT
    )

    assert one.version == compiled("shipped", "en", sample.BRAND).version
    assert one.version != other.version


def test_liquid_signs_in_a_shops_name_are_not_read_as_liquid():
    brand = replace(sample.BRAND, name="{{ 'x' }} & Söhne")

    rendered = compiled("shipped", "it", brand).render(content(sample.matter("shipped", "it")))

    assert "&amp; Söhne" in rendered.html
    assert "& Söhne" in rendered.text
