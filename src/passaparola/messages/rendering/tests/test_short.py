"""The line or two for channels without room. That it reads well whatever is unknown: `test_template`."""

import pytest

from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.template import build, compiled
from passaparola.messages.rendering.tests import sample
from passaparola.messages.rendering.texts import texts_of


@pytest.mark.parametrize(
    "kind", ["shipped", "arriving", "out_for_delivery", "attempted", "delayed", "delivered"]
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_news_of_a_parcel_is_written_short_by_a_person(kind, language):
    assert texts_of(kind, language).short
    assert texts_of(kind, language).short != texts_of(kind, language).subject


def test_where_nobody_wrote_one_the_subject_serves():
    template = compiled("shipped", "en", sample.BRAND)
    bare = template.__class__(
        version="1",
        language="en",
        subject_of=template.subject_of,
        text_of=template.text_of,
        html_of=template.html_of,
        quoted_html_of=template.quoted_html_of,
    )

    assert bare.short(content(sample.matter("shipped"))) == "Parcel 1 of 2 is on its way"


def test_other_words_are_another_version(monkeypatch):
    from passaparola.messages.rendering import liquids, template

    def version():
        return build("shipped", "en", sample.BRAND, html=liquids.HTML, text=liquids.TEXT).version

    before = version()
    texts = texts_of("shipped", "en")
    monkeypatch.setattr(
        template,
        "texts_of",
        lambda kind, language: texts.__class__(
            kind=texts.kind,
            language=texts.language,
            subject=texts.subject,
            preview=texts.preview,
            blocks=texts.blocks,
            short="other words",
        ),
    )

    assert version() != before
