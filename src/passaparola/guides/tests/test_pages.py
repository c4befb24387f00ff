"""The office's pages of guides."""

from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.cast import NOON
from tests.pages import Asked, StaffPages

from passaparola.guides import actions, urls
from passaparola.guides.models import Guide, GuideFile, ProductSheet
from passaparola.products.models import Product
from passaparola.stores.models import Member, Store


@dataclass
class World:
    guide: Guide
    file: GuideFile
    product: Product


@pytest.fixture
def world(luna: Store) -> World:
    guide = Guide(store=luna, kind="care", title_it="Piatti di Luna", text_it="A mano.", published_at=NOON)
    actions.save(guide, now=NOON)
    file = actions.add_file(guide, name="cura.pdf", content=b"%PDF-1.4\n%%EOF\n", now=NOON)
    product = Product.objects.create(
        store=luna, source="shopify", external_id="p", title="Piatto Luna", version="1"
    )
    return World(guide, file, product)


def _guide(world: World) -> dict[str, object]:
    return {"guide_id": world.guide.pk}


WRITTEN = {
    "kind": "help",
    "topic": "delivery",
    "title_it": "Quando arriva?",
    "text_it": "Presto.",
    "position": "1",
}


class TestGuidesPages(StaffPages):
    urls = urls
    addresses: ClassVar = {
        "guides": Asked(found=("Piatti di Luna",)),
        "new": Asked(posts=lambda _: WRITTEN),
        "add-starters": Asked(gets=False, posts=lambda _: {}),
        "products": Asked(found=("Piatto Luna",)),
        "product": Asked(
            lambda w: {"product_id": w.product.pk}, posts=lambda _: {"specs_it": "Peso: 1 kg"}, is_of_one=True
        ),
        "guide": Asked(_guide, posts=lambda _: WRITTEN, is_of_one=True, found=("Piatti di Luna", "cura.pdf")),
        "delete": Asked(_guide, gets=False, posts=lambda _: {}, is_of_one=True),
        "add-file": Asked(_guide, gets=False, posts=lambda _: {}, is_of_one=True),
        "delete-file": Asked(
            lambda w: {"guide_id": w.guide.pk, "file_id": w.file.pk},
            gets=False,
            posts=lambda _: {},
            is_of_one=True,
        ),
    }

    def test_the_stranger_changes_nothing(self, client: Client, world: World, stranger: Member) -> None:
        """In their own shop they may write what they like; ours stays as it is."""
        client.force_login(stranger)
        for name, asked in self.staff():
            if asked.posts is not None:
                client.post(self.address(name, world), dict(asked.posts(world)))

        world.guide.refresh_from_db()
        assert world.guide.title_it == "Piatti di Luna"
        assert GuideFile.objects.filter(pk=world.file.pk).exists()
        assert not ProductSheet.objects.exists()
        assert not Guide.objects.filter(store=world.product.store).exclude(pk=world.guide.pk).exists()


def test_a_guide_is_a_draft_until_it_is_published(client: Client, luna: Store, chiara: Member) -> None:
    client.force_login(chiara)
    client.post("/office/guides/new/", WRITTEN)
    draft = Guide.objects.get()
    assert draft.published_at is None

    client.post(f"/office/guides/{draft.pk}/", WRITTEN | {"publish": "yes", "moments": ["late", "packing"]})

    draft.refresh_from_db()
    assert draft.published_at
    assert draft.moments == ["late", "packing"]
    assert draft.html_it == "<p>Presto.</p>"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_it": "", "title_en": ""},
        {"text_it": "Arriva {{ domani }}"},
        {"kind": "poem"},
        {"moments": ["never"]},
        {"video_url": "javascript:alert(1)"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, luna: Store, chiara: Member, wrong: dict[str, object]
) -> None:
    client.force_login(chiara)

    answer = client.post("/office/guides/new/", WRITTEN | wrong)

    assert answer.status_code == 400
    assert not Guide.objects.exists()


def test_a_product_of_another_shop_can_not_be_chosen(client: Client, world: World, stranger: Member) -> None:
    client.force_login(stranger)

    answer = client.post("/office/guides/new/", WRITTEN | {"kind": "care", "product": world.product.pk})

    assert answer.status_code == 400


def test_the_usual_questions_are_added_once(luna: Store) -> None:
    counts = [actions.add_starters(luna, now=NOON) for _ in range(2)]

    assert counts[0] > 5
    assert counts[1] == 0
    assert not Guide.objects.published().exists()


def _png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "PNG")
    return made.getvalue()


class TestFiles:
    def test_a_picture_is_made_anew(self, world: World) -> None:
        hidden = _png() + b"<script>alert(1)</script>"

        kept = actions.add_file(world.guide, name="../../etc/passwd.png", content=hidden, now=NOON)

        assert kept.name == "passwd.png"
        assert kept.media_type in {"image/jpeg", "image/png"}
        assert b"script" not in bytes(kept.content)

    @pytest.mark.parametrize(
        "content",
        [b"", b"GIF89a<script>", b"<svg onload=alert(1)>", b"MZ\x90\x00", b"%PDF-1.4 without an end"],
    )
    def test_what_is_neither_is_refused(self, world: World, content: bytes) -> None:
        with pytest.raises(actions.FileError):
            actions.add_file(world.guide, name="x", content=content, now=NOON)

    def test_the_page_says_so_kindly(self, client: Client, world: World, chiara: Member) -> None:
        client.force_login(chiara)
        upload = SimpleUploadedFile("x.exe", b"MZ\x90\x00")

        answer = client.post(f"/office/guides/{world.guide.pk}/files/", {"file": upload}, follow=True)

        assert "PDF" in answer.content.decode()
        assert GuideFile.objects.count() == 1

    def test_a_pdf_is_only_downloaded_and_closed_in(self, client: Client, world: World) -> None:
        answer = client.get(f"/s/bottega-luna/files/{world.file.digest}/")

        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_a_drafts_file_is_not_there(self, client: Client, world: World) -> None:
        Guide.objects.update(published_at=None)

        assert client.get(f"/s/bottega-luna/files/{world.file.digest}/").status_code == 404
