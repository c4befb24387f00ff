"""A shop's own templates: what is live is sent, what fails for somebody never reaches them."""

import pytest
from tests.cast import NOON

from passaparola.messages import repertoire
from passaparola.messages.actions import templates
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message, TemplateVersion
from passaparola.messages.rendering.held import plain
from passaparola.messages.rendering.texts import TemplateError

pytestmark = pytest.mark.django_db


def document(text, subject="Ciao {{ customer.first_name }}", **block):
    return {"subject": subject, "blocks": [{"type": "paragraph", "text": text, **block}]}


def live(template, by, text, subject="Ciao {{ customer.first_name }}", languages=("en", "it")):
    texts = dict.fromkeys(languages, document(text, subject))
    version = templates.save_draft(template, texts=texts, by=by, now=NOON)
    return templates.publish(version, now=NOON)


def mail_to(giulia, kind="card", template=None, language="it"):
    message = Message(
        pk=1,
        store=giulia.store,
        customer=giulia,
        kind=kind,
        to_address=giulia.email,
        language=language,
        template_id=template and template.pk,
    )
    letters = Letters.of([(message, KINDS[kind])], {giulia.store_id: giulia.store}, NOON)
    letter = letters.letter(message, KINDS[kind])
    subject, _, _ = letter.template.quoted(letter.data)
    assert letter.template.render(letter.data).subject == subject
    return subject, letter.template.render(letter.data)


def test_the_shops_wording_is_sent_in_place_of_ours(luna, chiara, giulia):
    wording = templates.wording(luna, kind="card")
    live(wording, chiara, "Un <b>saluto</b> da Faenza.\nA presto")

    subject, mail = mail_to(giulia)

    assert subject == "Ciao Giulia"
    assert "<b>saluto</b>" in mail.html
    assert "Un saluto da Faenza.\nA presto" in mail.text
    assert "perché hai scelto" in mail.text


def test_a_draft_is_sent_to_nobody(luna, chiara, giulia):
    wording = templates.wording(luna, kind="card")
    templates.save_draft(wording, texts={"it": document("Bozza")}, by=chiara, now=NOON)

    assert "Bozza" not in mail_to(giulia)[1].text


def test_a_language_the_shop_did_not_write_is_ours(luna, chiara, giulia):
    live(templates.wording(luna, kind="card"), chiara, "Solo italiano", languages=("it",))

    assert "Solo italiano" in mail_to(giulia)[1].text
    assert "We wish you a good day" in mail_to(giulia, language="en")[1].text


def test_the_last_good_version_goes_to_whom_the_newest_fails_for(luna, chiara, giulia):
    wording = templates.wording(luna, kind="card")
    good = live(wording, chiara, "Prima")
    bad = live(wording, chiara, "{{ customer.first_name | divided_by: 0 }} {{ 1 | divided_by: 0 }}")

    mail = mail_to(giulia)[1]

    assert "Prima" in mail.text
    bad.refresh_from_db()
    good.refresh_from_db()
    assert bad.failed_at
    assert "divi" in bad.failure
    assert good.failed_at is None


def test_what_can_not_even_be_read_is_passed_over(luna, chiara, giulia):
    wording = templates.wording(luna, kind="card")
    version = TemplateVersion.objects.create(
        template=wording, number=1, texts={"it": document("{% if %}")}, made_at=NOON, live_at=NOON
    )

    assert "Un pensiero per te" in mail_to(giulia)[1].text
    version.refresh_from_db()
    assert version.failed_at


def test_an_empty_subject_is_a_mistake(luna, chiara, giulia):
    live(templates.wording(luna, kind="card"), chiara, "x", subject="{{ data.nothing }}")

    assert mail_to(giulia)[0] == "Un saluto da Bottega Luna"


def test_a_letter_of_ones_own_is_sent_where_it_is_chosen(luna, chiara, giulia):
    letter = templates.write(luna, name="Primavera", kind="newsletter", by=chiara, now=NOON)
    live(letter, chiara, "È primavera", languages=("it",))

    assert "È primavera" in mail_to(giulia, "newsletter", letter)[1].text
    assert "È primavera" in mail_to(giulia, "newsletter", letter, language="en")[1].text
    assert "È primavera" not in mail_to(giulia, "newsletter")[1].text


def test_liquid_signs_and_html_do_not_break_the_page(luna, chiara, giulia):
    text = "{% if data.n == nil and 1 < 2 %}1 < 2 & <i>so</i> {{ '<b>' }}{% endif %}<script>alert(1)</script>"
    live(templates.wording(luna, kind="card"), chiara, text, subject='"<{{ customer.first_name }}>"')

    subject, mail = mail_to(giulia)

    assert subject == '"<Giulia>"'
    assert "1 &lt; 2 &amp; <i>so</i> &lt;b&gt;" in mail.html
    assert "alert(1)" not in mail.html
    assert "1 < 2 & so <b>" in mail.text


def test_links_show_where_they_lead_without_html():
    assert (
        plain('Guarda <a href="{{ store.url }}">qui</a>,<br>grazie')
        == "Guarda qui ({{ store.url }}),\ngrazie"
    )


def test_restoring_makes_a_new_version_and_changes_no_old_one(luna, chiara, giulia):
    wording = templates.wording(luna, kind="card")
    first = live(wording, chiara, "Prima")
    live(wording, chiara, "Seconda")

    third = templates.restore(first, by=chiara, now=NOON)

    assert (third.number, third.texts) == (3, first.texts)
    assert "Prima" in mail_to(giulia)[1].text


def test_journeys_and_campaigns_choose_from_one_list(luna, chiara, stranger):
    letter = templates.write(luna, name="Primavera", kind="newsletter", by=chiara, now=NOON)
    templates.write(luna, name="Bozza", kind="offer", by=chiara, now=NOON)
    live(letter, chiara, "x")
    other = stranger.stores.get()

    names = [piece.name for piece in repertoire.repertoire(luna, "en")]
    key = repertoire.repertoire(luna, "en")[0].key

    assert names[0] == "Primavera"
    assert "Bozza" not in names
    assert "Delayed" in names
    assert repertoire.piece_of(luna, key).template_id == letter.pk
    assert repertoire.piece_of(other, key) is None
    assert repertoire.piece_of(luna, "nothing") is None
    assert repertoire.piece_of(luna, "card#x") is None


def test_a_letter_that_is_gone_is_sent_to_nobody_in_other_words(luna, chiara, giulia, stranger):
    letter = templates.write(luna, name="Dal forno", kind="card", by=chiara, now=NOON)
    theirs = templates.write(stranger.stores.get(), name="Altrui", kind="card", by=None, now=NOON)
    live(theirs, None, "Non per te")
    letter.delete()
    letter.pk = 10**9

    for gone in (letter, theirs):
        with pytest.raises(TemplateError, match="no longer there"):
            mail_to(giulia, template=gone)
