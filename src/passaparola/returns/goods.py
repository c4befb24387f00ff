"""What goes back, piece by piece, and what it gives: values for the page that follows a return."""

from typing import Any

from django.utils.translation import gettext as _

from passaparola.kernel.ui import formats
from passaparola.products.models import Product
from passaparola.returns.models import Item, Return, Settings
from passaparola.returns.words import GRADES, told


def items_of(filed: Return, settings: Settings) -> list[dict[str, Any]]:
    """Each thing, why it goes back, how much of it was agreed to, and what was found."""
    items = list(filed.items.select_related("line").order_by("pk"))
    pictures, reasons = _pictures(filed, items), settings.reasons()
    return [
        {
            "title": item.line.title,
            "variant": item.line.variant,
            "image_url": item.line.image_url or pictures.get(item.line.product_external_id, ""),
            "quantity": item.quantity,
            "approved": None if item.approved == item.quantity else item.approved,
            "reason": told(reasons, item.reason),
            "grade": GRADES.get(item.grade, "") if filed.inspected_at else "",
            "accepted": item.accepted if filed.inspected_at else None,
            "grade_note": item.grade_note,
        }
        for item in items
    ]


def _pictures(filed: Return, items: list[Item]) -> dict[str, str]:
    """Of the products, for lines without a picture of their own."""
    ids = [item.line.product_external_id for item in items if not item.line.image_url]
    if not ids:
        return {}
    order = filed.order
    found = Product.objects.filter(store=order.store_id, source=order.source, external_id__in=ids)
    return dict(found.values_list("external_id", "image_url"))


def sums_of(filed: Return, language: str) -> list[tuple[str, str]]:
    """How the amount comes about; nothing where no money goes back."""
    if not filed.gives_money:
        return []
    rows = [(_("Worth of what goes back"), filed.worth)]
    rows += [(_("Shipping"), filed.shipping)] if filed.shipping else []
    rows += [(_("Way back"), -filed.fee)] if filed.fee else []
    less = filed.worth + filed.shipping - filed.fee - filed.amount
    rows += [(_("Refunded before"), -less)] if less else []
    rows += [(_("Bonus"), filed.bonus)] if filed.bonus else []
    return [(label, formats.money(amount, filed.currency, language)) for label, amount in rows]
