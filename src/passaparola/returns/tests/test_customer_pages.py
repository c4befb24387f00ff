"""A return as its customer files and follows it: without JavaScript, on light pages, with kind answers."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from tests.pages import everything_kept

from passaparola.orders.links import order_path
from passaparola.products.models import Product
from passaparola.returns import actions
from passaparola.returns.models import Draft, Photo, Policy, Return
from passaparola.returns.rules.states import State

from . import some
from .some import CUP, PLATE, VASE, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def bought(luna, giulia, now):
    return some.order(luna, giulia, at=now)


@pytest.fixture
def link(bought, now):
    return order_path(bought.pk, now=now)


def begin(client, bought, link, pieces):
    sent = {f"q-{some.line(bought, n).pk}": str(quantity) for n, quantity in pieces.items()}
    answer = client.post(f"{link}return/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["location"]


def fill(client, bought, link, pieces, *, reason="changed_mind", photo=None, **choice):
    why = begin(client, bought, link, pieces)
    said = {f"reason-{some.line(bought, n).pk}": reason for n in pieces}
    if photo:
        said |= {f"photo-{some.line(bought, n).pk}": SimpleUploadedFile("p.jpg", photo) for n in pieces}
    what = client.post(why, said).headers["location"]
    return client.post(what, {"resolution": "refund"} | choice).headers["location"]


def test_a_return_in_five_screens(client, bought, link):
    assert "What would you like to send back?" in page(client, f"{link}return/")
    why = begin(client, bought, link, {CUP: 2})
    assert "What is wrong with Tazza Alba?" in page(client, why)
    what = client.post(why, {f"reason-{some.line(bought, CUP).pk}": "changed_mind"}).headers["location"]
    assert "€39.00, the way you paid." in page(client, what)
    how = client.post(what, {"resolution": "refund"}).headers["location"]
    shown = page(client, how)
    assert "Approved at once" in shown
    assert "You get €39.00 back" in shown
    follow = client.post(how, {"way": "own", "note": "Thank you"}).headers["location"]
    shown = page(client, follow)
    assert "You can send it back" in shown
    assert "BL-10240-R1" in shown
    assert Return.objects.get().note == "Thank you"


def test_a_double_tap_files_one_return(client, bought, link):
    how = fill(client, bought, link, {CUP: 1})

    first, second = (client.post(how, {"way": "own"}) for _ in range(2))

    assert first.headers["location"] == second.headers["location"]
    assert Return.objects.count() == 1


def test_looking_changes_nothing(client, bought, link, sara, now):
    how = fill(client, bought, link, {CUP: 1})
    filed = actions.file(some.draft(bought, {PLATE: 1}, way="label", now=now), language="en", now=now)
    actions.send_label(filed, by=sara, label=b"%PDF-1.4", code="AB12", now=now)
    before = everything_kept()

    for url in (
        f"{link}return/",
        how,
        how.replace("/how/", "/what/"),
        how.replace("/how/", "/why/"),
        f"{link}return/{filed.pk}/",
        f"{link}return/{filed.pk}/label/{filed.parcels.get().pk}/",
        f"{link}withdraw/",
    ):
        assert client.get(url).status_code == 200, url
        assert client.head(url).status_code == 200, url
    for verb in ("sent", "cancel"):
        assert client.get(f"{link}return/{filed.pk}/{verb}/").status_code == 405
    assert everything_kept() == before


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_page_is_light_and_speaks_both_languages(client, bought, link, now, language):
    for n in range(30):
        bought.lines.create(
            external_id=f"more-{n}", position=9 + n, title=f"Bicchiere Onda numero {n}", quantity=4, total=60,
            product_external_id="product-1", variant="salvia",
        )  # fmt: skip
    how = fill(client, bought, link, {CUP: 1, PLATE: 2, VASE: 1})
    filed = some.filed(bought, {CUP: 1}, now=now)
    urls = [
        how,
        how.replace("how/", "what/"),
        how.replace("how/", "why/"),
        f"{link}return/{filed.pk}/",
        f"{link}withdraw/",
    ]

    for url in (*urls, f"{link}return/"):
        answer = client.get(f"{url}?lang={language}")
        assert f'<html lang="{language}"' in answer.content.decode()
        assert len(answer.content) < (15_000 if url in urls[:4] else 40_000)
        assert "None" not in answer.content.decode()


def test_in_italian_it_stays_italian_to_the_end(client, bought, link):
    answer = client.post(f"{link}return/?lang=it", {f"q-{some.line(bought, CUP).pk}": "1"})

    assert answer.headers["location"].endswith("/why/?lang=it")


@pytest.mark.parametrize("quantity", ["0", "-1", "5", "99999999999", "1e3", "x", "1.5"])
def test_forged_quantities_are_refused_kindly(client, bought, link, quantity):
    answer = client.post(f"{link}return/", {f"q-{some.line(bought, CUP).pk}": quantity})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_other_orders_lines_and_drafts_are_out_of_reach(client, bought, link, luna, now):
    other = some.order(luna, None, number="BL-2", at=now)
    theirs = some.draft(other, now=now)
    filed = some.filed(other, {PLATE: 1}, now=now)

    assert client.post(f"{link}return/", {f"q-{some.line(other, CUP).pk}": "1"}).status_code == 400
    for step in ("why", "what", "how"):
        assert client.get(f"{link}return/new/{theirs.key}/{step}/").status_code == 404
        assert client.post(f"{link}return/new/{theirs.key}/{step}/", {}).status_code == 404
    assert client.get(f"{link}return/{filed.pk}/").status_code == 404
    assert client.post(f"{link}return/{filed.pk}/cancel/").status_code == 404


def test_guessed_links_open_nothing(client, bought, link, now):
    filed = some.filed(bought, now=now)
    good = link.split("/")[2]

    for token in (good[:-1] + ("A" if good[-1] != "A" else "B"), good.swapcase(), "x" * 24, "a" * 5000, "0"):
        for rest in ("return/", f"return/{filed.pk}/", "withdraw/"):
            assert client.get(f"/o/{token}/{rest}").status_code == 404


def svg():
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def bomb():
    written = BytesIO()
    Image.new("1", (10_000, 10_000)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        svg(),
        b"%PDF-1.4",
        b"GIF89a" + b"\x00" * 20,
        b"<?php system($_GET[0]);",
        bomb(),
        b"\xff\xd8\xff" + b"A" * 900,
    ],
)
def test_hostile_uploads_are_refused_kindly(client, bought, link, content):
    why = begin(client, bought, link, {CUP: 1})
    pk = some.line(bought, CUP).pk

    answer = client.post(
        why,
        {
            f"reason-{pk}": "changed_mind",
            f"note-{pk}": "Kept",
            f"photo-{pk}": SimpleUploadedFile("p.jpg", content),
        },
    )

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not Photo.objects.exists()


def test_a_polyglot_is_written_anew(client, bought, link):
    picture = some.picture("JPEG", (40, 40))
    how = fill(
        client, bought, link, {CUP: 1}, reason="wrong", photo=picture + b"<script>alert(1)</script>PK\x03\x04"
    )

    kept = Photo.objects.get()
    assert b"<script>" not in bytes(kept.content)
    assert kept.media_type == "image/jpeg"
    assert client.post(how, {"way": "own"}).status_code == 302
    assert Return.objects.get().state is State.REQUESTED


def test_a_needed_photo_is_asked_for_and_the_rest_is_kept(client, bought, link):
    why = begin(client, bought, link, {CUP: 1})
    pk = some.line(bought, CUP).pk

    answer = client.post(why, {f"reason-{pk}": "broken.inside", f"note-{pk}": "A crack"})

    shown = answer.content.decode()
    assert "Please add a photo of Tazza Alba" in shown
    assert "A crack" in shown
    assert re.search(r'value="broken.inside"\s+checked', shown)


def test_an_exchange_says_what_is_wanted(client, bought, link):
    why = begin(client, bought, link, {VASE: 1})
    what = client.post(why, {f"reason-{some.line(bought, VASE).pk}": "not_as_shown.colour"}).headers[
        "location"
    ]
    assert client.post(what, {"resolution": "variant"}).status_code == 400

    how = client.post(what, {"resolution": "variant", "wants": "salvia"}).headers["location"]
    client.post(how, {"way": "label"})

    filed = Return.objects.get()
    assert (filed.wants, filed.amount, filed.state) == ("salvia", 0, State.APPROVED)


def test_other_variants_come_from_the_catalogue_else_from_what_was_bought(client, bought, link, luna, giulia):
    some.order(luna, giulia, number="BL-9").lines.update(variant="terra")
    Product.objects.create(
        store=luna, source="shopify", external_id="product-2", title="Vaso Marea", version="1",
        variants=["notte", "salvia"],
    )  # fmt: skip
    why = begin(client, bought, link, {VASE: 1, CUP: 1})
    said = {f"reason-{some.line(bought, n).pk}": "gift" for n in (VASE, CUP)}
    what = client.post(why, said).headers["location"]

    offered = re.findall(r"<option>([^<]+)", page(client, what))
    assert offered == ["Tazza Alba: terra", "Vaso Marea: salvia"]
    answer = client.post(what, {"resolution": "variant", "pick-variant": offered[1], "wants": ""})
    how = answer.headers["location"]
    assert f"<option selected>{offered[1]}" in page(client, what)
    client.post(how, {"way": "label"})

    assert Return.objects.get().wants == "Vaso Marea: salvia"


def test_what_the_policy_does_not_offer_cannot_be_had(client, bought, link, luna):
    Policy.objects.create(store=luna, name="usual", resolutions=["credit"], ways=["label"])
    why = begin(client, bought, link, {CUP: 1})
    what = client.post(why, {f"reason-{some.line(bought, CUP).pk}": "gift"}).headers["location"]

    assert client.post(what, {"resolution": "refund"}).status_code == 400
    how = client.post(what, {"resolution": "credit"}).headers["location"]
    assert client.post(how, {"way": "pick_up"}).status_code == 400


def test_final_sale_says_so_before_anything_is_chosen(client, bought, link, luna):
    Policy.objects.create(store=luna, name="sale", resolutions=["refund"], ways=["own"], is_final_sale=True)

    assert "Final sale" in page(client, f"{link}return/")


def test_it_is_posted_in_two_parcels_and_followed(client, bought, link, now):
    filed = some.filed(bought, {CUP: 2}, now=now)

    client.post(f"{link}return/{filed.pk}/sent/", {"numbers": "081544210\n081544211", "carrier": "BRT"})

    assert filed.parcels.count() == 2
    shown = page(client, f"{link}return/{filed.pk}/")
    assert "081544211" in shown
    assert "On its way to us" in shown


def test_a_label_is_only_ever_downloaded(client, bought, link, sara, now):
    filed = some.filed(bought, way="label", now=now)
    with pytest.raises(actions.CannotError):
        actions.send_label(filed, by=sara, label=svg(), now=now)
    actions.send_label(filed, by=sara, label=b"%PDF-1.4 label", code="QX-42", now=now)

    answer = client.get(f"{link}return/{filed.pk}/label/{filed.parcels.get().pk}/")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content == b"%PDF-1.4 label"
    shown = page(client, f"{link}return/{filed.pk}/")
    assert 'aria-label="Code QX-42"' in shown


def test_cancelling_is_one_tap_until_it_is_sent(client, bought, link, now):
    filed = some.filed(bought, now=now)

    client.post(f"{link}return/{filed.pk}/cancel/")
    assert "You keep it" in page(client, f"{link}return/{filed.pk}/")
    assert client.post(f"{link}return/{filed.pk}/cancel/").status_code == 400


def test_every_state_has_its_page(client, bought, link, sara, now):
    for_money = some.filed(bought, {CUP: 1}, now=now)
    for_thing = some.filed(bought, {VASE: 1}, resolution="replacement", now=now)
    refused = some.filed(bought, {PLATE: 1}, reason="broken.inside", now=now)
    url = f"{link}return/%d/"
    assert "You hear from us by" in page(client, url % refused.pk)
    actions.refuse(refused, by=sara, words="It is not ours.", now=now)
    assert "It is not ours." in page(client, url % refused.pk)
    for filed in (for_money, for_thing):
        actions.receive(filed, by=sara, now=now)
        assert "It is back with us" in page(client, url % filed.pk)
        actions.inspect(filed, by=sara, found={filed.items.get().pk: actions.Found(accepted=1)}, now=now)
        assert "by " in page(client, url % filed.pk)
    actions.refund(for_money, by=sara, now=now)
    actions.exchange(for_thing, by=sara, words="On its way: 0815", now=now)
    assert "€19.50 go back the way you paid" in page(client, url % for_money.pk)
    assert "On its way: 0815" in page(client, url % for_thing.pk)
    assert "Your returns" in page(client, f"{link}return/")


def test_forms_fuzzed_never_break_the_page(client, bought, link, now):
    how = fill(client, bought, link, {CUP: 1})
    filed = some.filed(bought, {PLATE: 1}, now=now)
    nasty = [
        "",
        "\x00",
        "' OR 1=1",
        "é" * 3000,
        "-1",
        "../../etc/passwd",
        "{{7*7}}",
        "\ud800".encode("utf-8", "replace").decode(),
    ]
    for value in nasty:
        for url in (
            f"{link}return/",
            how.replace("how/", "why/"),
            how.replace("how/", "what/"),
            how,
            f"{link}withdraw/",
        ):
            names = [
                "resolution",
                "wants",
                f"pick-{value}",
                "pick-nothing",
                "way",
                "note",
                "name",
                "key",
                f"reason-{value}",
                f"q-{value}",
                "q-1",
                "q-",
            ]
            answer = client.post(url, dict.fromkeys(names, value))
            assert answer.status_code in {200, 302, 400, 404}, (url, value)
        answer = client.post(f"{link}return/{filed.pk}/sent/", {"numbers": value, "carrier": value})
        assert answer.status_code in {302, 400}
