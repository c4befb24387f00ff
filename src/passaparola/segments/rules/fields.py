"""Everything a condition may ask about, and how each is read.

`sql` speaks of aliases in braces: `{c}` the person, `{o}` the order in question, `{p}` its parcel, `{s}` the
one who is asked about (a journey's enrolment), `{now}` the moment it is asked for. `then` is the same as it
was at an earlier `{now}`, for trying journeys on the past; without one, `sql` holds then too.

The order in question is the journey's; where there is none, the customer's last one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to ask about."""

    key: str
    type: str
    """A key of `OPERATORS`."""
    sql: str
    then: str = ""
    choices: str = ""
    """Which list of words fits: `countries`, `states`, `events`, `messages`, `payments`, `carriers`."""

    @property
    def about(self) -> str:
        """What it belongs to: `customer`, `order`, `parcel`, `history`."""
        return self.key.partition(".")[0]


COMPARISONS = ("at_least", "at_most", "more_than", "less_than", "is", "is_not")
OPERATORS: dict[str, tuple[str, ...]] = {
    "number": COMPARISONS,
    "money": COMPARISONS,
    "count": COMPARISONS,
    "text": ("is", "is_not", "contains", "begins_with", "one_of", "none_of", "known", "unknown"),
    "choice": ("is", "is_not", "one_of", "none_of", "known", "unknown"),
    "date": ("in_last", "longer_ago_than", "in_next", "before", "after", "known", "unknown"),
    "flag": ("is",),
    "list": ("has", "has_not"),
    "event": ("is", "is_not", "one_of", "none_of", "at_least", "at_most", "known", "unknown"),
}
WITHOUT_VALUE = frozenset({"known", "unknown"})
WITH_LIST = frozenset({"one_of", "none_of"})
WITH_DURATION = frozenset({"in_last", "longer_ago_than", "in_next"})
WITH_DAY = frozenset({"before", "after"})

_THEIR_ORDERS = (
    "FROM orders_order x WHERE x.customer_id = {c}.id AND x.placed_at <= {now} AND x.deleted_at IS NULL"
    " AND (x.cancelled_at IS NULL OR x.cancelled_at > {now})"
)
_SPENT_THEN = (
    "(SELECT coalesce(sum(x.total - coalesce((SELECT sum(r.amount) FROM orders_refund r"
    f" WHERE r.order_id = x.id AND r.made_at <= {{now}}), 0)), 0) {_THEIR_ORDERS})"
)
_AGREED = (
    "coalesce((SELECT y.is_given FROM outgoing_consent y WHERE y.customer_id = {c}.id"
    " AND y.channel = 'email' AND y.purpose = '%s' AND y.said_at <= {now}"
    " AND ({c}.consent_at IS NULL OR y.said_at >= {c}.consent_at)"
    " ORDER BY y.said_at DESC, y.is_given LIMIT 1), {c}.accepts_marketing, false)"
)
_BOUGHT = (
    "(SELECT coalesce(array_agg(DISTINCT lower({what})), '{{{{}}}}') FROM orders_line l {join}"
    " WHERE l.order_id = {{o}}.id AND l.quantity > 0)"
)
_PRODUCT = (
    "JOIN products_product q ON q.store_id = {o}.store_id AND q.source = {o}.source"
    " AND q.external_id = l.product_external_id"
)
_HAS_CARE_GUIDE = (
    "EXISTS (SELECT 1 FROM guides_guide g WHERE g.store_id = {o}.store_id AND g.kind = 'care'"
    " AND g.published_at <= {now} AND (g.product_id IS NULL AND g.category = '' OR EXISTS ("
    f"SELECT 1 FROM orders_line l {_PRODUCT} WHERE l.order_id = {{o}}.id AND l.quantity > 0"
    " AND (q.id = g.product_id OR (g.product_id IS NULL AND q.category = g.category AND g.category <> '')))))"
)
_HAS_SIMILAR = (
    f"EXISTS (SELECT 1 FROM orders_line l {_PRODUCT} JOIN products_product t ON t.store_id = q.store_id"
    " AND t.category = q.category AND t.source = q.source AND t.is_published AND t.deleted_at IS NULL"
    " AND t.page_url LIKE 'https://%%' WHERE l.order_id = {o}.id AND q.category <> '' AND NOT EXISTS (SELECT 1"
    " FROM orders_line b WHERE b.order_id = {o}.id AND b.product_external_id = t.external_id))"
)
"""What `messages.queries.similar_products` would show."""


def _past(column: str) -> str:
    return f"CASE WHEN {column} <= {{now}} THEN {column} END"


def _lower_texts(column: str) -> str:
    return f"(SELECT coalesce(array_agg(lower(t)), '{{{{}}}}') FROM jsonb_array_elements_text({column}) t)"


_OWN_TAGS = (
    "(SELECT coalesce(array_agg(lower(g.tag)), '{{}}') FROM segments_tag g JOIN customers_customer m"
    " ON m.id = g.customer_id WHERE (m.id = {c}.id OR m.merged_into_id = {c}.id) AND g.given_at <= {now}"
    " AND (g.taken_at IS NULL OR g.taken_at > {now}))"
)
_ALL = (
    Field("customer.orders", "number", "{c}.orders_count", f"(SELECT count(*) {_THEIR_ORDERS})"),
    Field("customer.spent", "money", "{c}.spent", _SPENT_THEN),
    Field(
        "customer.average_order",
        "money",
        "{c}.spent / nullif({c}.orders_count, 0)",
        f"{_SPENT_THEN} / nullif((SELECT count(*) {_THEIR_ORDERS}), 0)",
    ),
    Field("customer.first_order", "date", "{c}.first_order_at", f"(SELECT min(x.placed_at) {_THEIR_ORDERS})"),
    Field("customer.last_order", "date", "{c}.last_order_at", f"(SELECT max(x.placed_at) {_THEIR_ORDERS})"),
    Field("customer.since", "date", "{c}.created_at"),
    Field("customer.country", "choice", "{c}.country", choices="countries"),
    Field("customer.language", "choice", "{c}.language", choices="languages"),
    Field("customer.tags", "list", f"({_lower_texts('{c}.tags')} || {_OWN_TAGS})"),
    Field("customer.has_birthday", "flag", "({c}.birthday <> '')"),
    Field("customer.has_email", "flag", "({c}.email <> '')"),
    Field("customer.has_phone", "flag", "({c}.phone <> '')"),
    Field("customer.takes_offers", "flag", _AGREED % "offer"),
    Field("customer.takes_news", "flag", _AGREED % "news"),
    Field("order.number", "text", "{o}.number"),
    Field("order.total", "money", "{o}.total"),
    Field("order.discount", "money", "{o}.discount"),
    Field("order.currency", "choice", "{o}.currency", choices="currencies"),
    Field("order.codes", "list", _lower_texts("{o}.discount_codes")),
    Field("order.placed", "date", "{o}.placed_at"),
    Field("order.paid", "date", _past("{o}.paid_at")),
    Field("order.shipped", "date", _past("{o}.shipped_at")),
    Field("order.delivered", "date", _past("{o}.delivered_at")),
    Field("order.cancelled", "date", _past("{o}.cancelled_at")),
    Field("order.payment", "choice", "{o}.payment_state", choices="payments"),
    Field("order.country", "choice", "{o}.shipping_address ->> 'country'", choices="countries"),
    Field("order.city", "text", "{o}.shipping_address ->> 'city'"),
    Field("order.shipping_method", "text", "{o}.shipping_method"),
    Field("order.products", "list", _BOUGHT.format(what="l.title", join="")),
    Field("order.skus", "list", _BOUGHT.format(what="l.sku", join="")),
    Field("order.categories", "list", _BOUGHT.format(what="q.category", join=_PRODUCT)),
    Field(
        "order.pieces",
        "number",
        "(SELECT coalesce(sum(l.quantity), 0) FROM orders_line l WHERE l.order_id = {o}.id)",
    ),
    Field(
        "order.is_first",
        "flag",
        "({o}.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders_order x WHERE x.customer_id = {o}.customer_id"
        " AND x.placed_at < {o}.placed_at AND x.deleted_at IS NULL AND x.cancelled_at IS NULL))",
    ),
    Field("order.has_care_guide", "flag", _HAS_CARE_GUIDE),
    Field("order.has_similar", "flag", _HAS_SIMILAR),
    Field("order.is_abroad", "flag", "({o}.shipping_address ->> 'country' <> {store_country})"),
    Field(
        "order.refunded",
        "money",
        "(SELECT coalesce(sum(r.amount), 0) FROM orders_refund r WHERE r.order_id = {o}.id AND r.made_at <= {now})",
    ),
    Field("parcel.state", "choice", "{p}.state", choices="states"),
    Field("parcel.arrival", "date", "coalesce({p}.arrival_day, {p}.arrival_last)::timestamptz"),
    Field("parcel.promised", "date", "{p}.promised_last::timestamptz"),
    Field("parcel.delivered", "date", _past("{p}.delivered_at")),
    Field("parcel.picked_up", "date", _past("{p}.picked_up_at")),
    Field("parcel.is_late", "flag", "({p}.late_since <= {now} AND {p}.late_since IS NOT NULL)"),
    Field("parcel.delay_cause", "choice", "{p}.delay_cause", choices="causes"),
    Field("parcel.attempts", "number", "{p}.attempts"),
    Field("history.events", "count", "", choices="events"),
    Field("history.messages", "count", "", choices="messages"),
)
FIELDS: dict[str, Field] = {field.key: field for field in _ALL}
EVENT = "event."
"""`event.cause`: what the event that started a journey tells."""


def field_of(key: str) -> Field | None:
    """Return the field of that name, also one of the event's own."""
    if key.startswith(EVENT) and (name := key.removeprefix(EVENT)).isidentifier():
        return Field(key, "event", f"{{s}}.data ->> '{name}'")
    return FIELDS.get(key)
