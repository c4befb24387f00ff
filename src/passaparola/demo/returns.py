"""What goes back to Bottega Luna: its rules, a year of returns that ended, and some in every state today.

Filed, decided and settled by the same actions that customers and the team use, at the times at which they
would have been.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from django.db import transaction
from PIL import Image, ImageDraw

from passaparola.kernel.pictures import read_picture
from passaparola.orders.models import Order
from passaparola.returns import actions
from passaparola.returns.actions import CannotError, Found
from passaparola.returns.models import Draft, Policy, Return, Settings
from passaparola.returns.standing import Standing, standing_of
from passaparola.stores.models import Member, Store

PAST = 40
"""Returns of the last year that are over."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHY = (
    "changed_mind",
    "not_as_shown.colour",
    "not_as_shown.size",
    "gift",
    "broken.on_the_way",
    "wrong",
    "broken.inside",
)
WANTED = {
    "colour": ("variant", "refund"),
    "on_the_way": ("replacement", "refund"),
    "inside": ("replacement", "refund"),
}


@transaction.atomic
def tell(store: Store, *, now: datetime) -> None:
    """Do all this once, or not at all: a start that was stopped half-way tells it again."""
    if Return.objects.filter(store=store).exists():
        return
    rng = Random(7)  # noqa: S311 - a made-up shop
    write_rules(store)
    sara = store.members.filter(name__startswith="Sara").first()
    _past(store, sara, rng, now)
    _today(store, sara, rng, now)


@transaction.atomic
def write_rules(store: Store) -> None:
    Policy.objects.filter(store=store).delete()
    money = ["refund", "credit"]
    Policy.objects.bulk_create(
        [
            Policy(
                store=store, rank=10, name="Natale: vendita definitiva", tags=["natale"], is_final_sale=True,
                resolutions=money, ways=["own"],
            ),
            Policy(
                store=store, rank=20, name="Fuori dall'Unione", countries=["GB", "US", "CH"], days=30,
                resolutions=money, ways=["own"], fee=Decimal(0), credit_bonus_percent=10,
                words_en="From outside the EU please send it with a postal service and note “returned goods”.",
                words_it="Da fuori l'Unione spedisci con la posta e scrivi «merce di ritorno».",
            ),
            Policy(
                store=store, rank=30, name="Vasi e lampade", tags=["vasi"], price_from=Decimal(90), days=30,
                resolutions=[*money, "variant", "replacement"], ways=["pick_up", "own"], needs_a_person=True,
                fee=Decimal(9), credit_bonus_percent=10, refund_days=5,
                words_en="Large pieces we fetch ourselves: they are too good for a counter.",
                words_it="I pezzi grandi li ritiriamo noi: sono troppo preziosi per uno sportello.",
            ),
            Policy(
                store=store, rank=40, name="Bottega Luna", days=30,
                resolutions=[*money, "variant", "product", "replacement"], ways=["label", "drop_off", "own"],
                fee=Decimal("4.50"), credit_bonus_percent=10, keep_below=Decimal(30), refund_days=4,
            ),
        ]
    )  # fmt: skip
    Settings.objects.update_or_create(
        store=store,
        defaults={
            "drop_off_en": "At any BRT Fermopoint: tobacconists, newsagents, bars. Show the code, no printer needed.",
            "drop_off_it": "In ogni BRT Fermopoint: tabaccai, edicole, bar. Mostri il codice, senza stampante.",
        },
    )


def _candidates(store: Store, rng: Random, *, since: datetime, until: datetime) -> list[Order]:
    came = Order.objects.delivered().filter(store=store, delivered_at__gte=since, delivered_at__lt=until)
    found = list(came.select_related("store").order_by("pk"))
    rng.shuffle(found)
    return found


def _past(store: Store, sara: Member | None, rng: Random, now: datetime) -> None:
    for n, order in enumerate(_candidates(store, rng, since=now - 330 * DAY, until=now - 30 * DAY)[:PAST]):
        at = (order.delivered_at or now) + timedelta(days=rng.randint(1, 8), hours=rng.randint(0, 9))
        filed = _file(order, rng, reason=WHY[n % len(WHY)], at=at, is_history=True)
        if filed:
            _to_the_end(filed, sara, rng, at)


def _to_the_end(filed: Return, sara: Member | None, rng: Random, at: datetime) -> None:
    if filed.approved_at is None:
        at += timedelta(hours=rng.randint(1, 30))
        if rng.random() < 0.15:  # noqa: PLR2004 - now and then
            actions.refuse(filed, by=sara, words="Dalla foto il pezzo è integro.", now=at)
            return
        filed = actions.approve(filed, by=sara, now=at)
    if not filed.is_kept:
        at += timedelta(days=rng.randint(1, 4))
        actions.post(filed, numbers=[], now=at)
        at += timedelta(days=rng.randint(2, 5))
        actions.receive(filed, by=sara, now=at)
        at += timedelta(hours=rng.randint(1, 40))
        found = {item.pk: Found(accepted=item.counts) for item in filed.items.all()}
        actions.inspect(filed, by=sara, found=found, now=at)
    at += timedelta(hours=rng.randint(2, 50))
    _settle(filed, sara, at)


def _settle(filed: Return, sara: Member | None, at: datetime) -> None:
    if filed.gives_money:
        words = f"LUNA-{filed.pk:05d}" if filed.resolution == "credit" else ""
        actions.refund(filed, by=sara, now=at, words=words)
    else:
        actions.exchange(filed, by=sara, now=at, words="BRT, in due giorni")


def _today(store: Store, sara: Member | None, rng: Random, now: datetime) -> None:
    """Two to decide, one of them broken; one with a code to send, one on its way, one here, one to settle, one kept."""
    recent = iter(_candidates(store, rng, since=now - 18 * DAY, until=now - 3 * DAY))
    _next(recent, rng, reason="broken.inside", at=now - 5 * HOUR)
    _next(recent, rng, reason="wrong", at=now - 20 * HOUR)
    waiting = _next(recent, rng, reason="changed_mind", at=now - DAY, way="drop_off")
    moving = _next(recent, rng, reason="not_as_shown.size", at=now - 2 * DAY)
    here = _next(recent, rng, reason="not_as_shown.colour", at=now - 2 * DAY)
    looked = _next(recent, rng, reason="gift", at=now - 2 * DAY)
    kept = _next(recent, rng, reason="broken.on_the_way", at=now - DAY)
    # A vase needs a person's yes, whatever the reason; without it nothing can be sent.
    waiting, moving, here, looked = (
        _approved(one, sara, now - 31 * HOUR) for one in (waiting, moving, here, looked)
    )
    if waiting:
        actions.send_label(
            waiting, by=sara, code=f"BRT-{rng.randint(100_000, 999_999)}", carrier="BRT", now=now - 20 * HOUR
        )
    for filed in filter(None, (moving, here, looked)):
        actions.post(
            filed, numbers=[f"0845{rng.randint(1_000_000, 9_999_999)}"], carrier="BRT", now=now - 30 * HOUR
        )
    for filed in filter(None, (here, looked)):
        actions.receive(filed, by=sara, now=now - 4 * HOUR)
    if looked:
        found = {item.pk: Found(accepted=item.counts) for item in looked.items.all()}
        actions.inspect(looked, by=sara, found=found, now=now - 2 * HOUR)
    if kept and kept.approved_at is None:
        actions.approve(kept, by=sara, now=now - 8 * HOUR)


def _approved(filed: Return | None, sara: Member | None, at: datetime) -> Return | None:
    """Say yes where a person has to; None for what the customer keeps, since nothing of it travels."""
    if filed and filed.approved_at is None:
        filed = actions.approve(filed, by=sara, now=max(at, filed.requested_at))
    return None if filed is None or filed.is_kept else filed


def _next(orders: Iterator[Order], rng: Random, *, reason: str, at: datetime, way: str = "") -> Return | None:
    """File a return of the next order that something of may go back."""
    for order in orders:
        if order.delivered_at and order.delivered_at < at - HOUR:
            filed = _file(order, rng, reason=reason, at=at, way=way)
            if filed:
                return filed
    return None


def _file(
    order: Order, rng: Random, *, reason: str, at: datetime, way: str = "", is_history: bool = False
) -> Return | None:
    """Fill in a draft as its customer would; None where nothing of the order may go back."""
    standing = standing_of(order, now=at)
    lines = [one for one in standing.lines if one.verdict.may]
    if not lines:
        return None
    one = rng.choice(lines)
    pieces = {one.line.pk: rng.randint(1, min(one.left, 2))}
    try:
        with transaction.atomic():
            draft = actions.begin(order, pieces=pieces, now=at)
            if "broken" in reason or reason == "wrong":
                _add_photo(draft, one.line.pk, rng, at)
            actions.say_why(draft, reasons=dict.fromkeys(pieces, reason), notes={}, now=at)
            _choose(draft, standing, rng, reason=reason, way=way, at=at)
            language = order.language if order.language in {"en", "it"} else order.store.language
            return actions.file(draft, language=language, now=at, is_history=is_history)
    except CannotError:
        return None


def _choose(draft: Draft, standing: Standing, rng: Random, *, reason: str, way: str, at: datetime) -> None:
    holds = standing.terms({int(pk): 1 for pk in draft.items}, {int(pk): reason for pk in draft.items})
    wanted = WANTED.get(reason.partition(".")[2], ("refund", "refund", "credit"))
    offered = [choice for choice in wanted if choice in holds.resolutions] or [holds.resolutions[0].value]
    resolution = rng.choice(offered)
    chosen = way if way in holds.ways else holds.ways[0].value
    wants = "blu notte" if resolution == "variant" else ""
    actions.choose(draft, resolution=resolution, wants=wants, way=chosen, now=at)


def _add_photo(draft: Draft, line: int, rng: Random, at: datetime) -> None:
    """A plate with a crack, as a telephone would see it."""
    image = Image.new("RGB", (640, 480), "#d9cfc2")
    pen = ImageDraw.Draw(image)
    pen.ellipse((120, 60, 520, 440), fill="#f4efe4", outline="#b9ad9b", width=6)
    pen.ellipse((200, 140, 440, 360), outline="#d8ccb8", width=4)
    crack: Sequence[tuple[int, int]] = [(250 + 14 * n + rng.randint(-9, 9), 70 + 34 * n) for n in range(11)]
    pen.line(list(crack), fill="#5b4a3c", width=5)
    written = BytesIO()
    image.save(written, "JPEG", quality=80)
    actions.add_photo(draft, line=line, picture=read_picture(written.getvalue()), now=at)
