"""Pictures of the products, drawn as SVG from their shape and glaze: nothing to download or to license."""

# ruff: noqa: E501 - a path of a drawing is one word

from passaparola.demo.world.goods import GLAZES, Glaze, Product

_SIZE = 240

_SHAPES: dict[str, str] = {
    "plate": '<circle cx="120" cy="120" r="84" fill="{c}"/><circle cx="120" cy="120" r="56" fill="{s}"/>',
    "bowl": '<path d="M44 96h152c0 52-34 88-76 88s-76-36-76-88z" fill="{c}"/>'
    '<ellipse cx="120" cy="96" rx="76" ry="18" fill="{s}"/>',
    "tray": '<ellipse cx="120" cy="126" rx="92" ry="50" fill="{c}"/><ellipse cx="120" cy="122" rx="68" ry="32" fill="{s}"/>',
    "mug": '<path d="M164 100h14a26 26 0 010 52h-14" fill="none" stroke="{c}" stroke-width="13"/>'
    '<rect x="64" y="72" width="102" height="110" rx="14" fill="{c}"/><ellipse cx="115" cy="76" rx="51" ry="10" fill="{s}"/>',
    "cup": '<path d="M158 112h10a18 18 0 010 36h-14" fill="none" stroke="{c}" stroke-width="10"/>'
    '<path d="M76 96h84l-8 68a14 14 0 01-14 12H98a14 14 0 01-14-12z" fill="{c}"/>'
    '<ellipse cx="118" cy="97" rx="42" ry="9" fill="{s}"/>',
    "tumbler": '<path d="M72 66h96l-10 114a12 12 0 01-12 11H94a12 12 0 01-12-11z" fill="{c}"/>'
    '<ellipse cx="120" cy="67" rx="48" ry="10" fill="{s}"/>',
    "teapot": '<path d="M176 118c26-4 30-22 34-34" fill="none" stroke="{c}" stroke-width="13" stroke-linecap="round"/>'
    '<ellipse cx="118" cy="136" rx="70" ry="50" fill="{c}"/><ellipse cx="118" cy="90" rx="34" ry="10" fill="{s}"/>'
    '<circle cx="118" cy="74" r="9" fill="{s}"/>',
    "dish": '<rect x="36" y="92" width="168" height="72" rx="20" fill="{c}"/><rect x="54" y="104" width="132" height="34" rx="12" fill="{s}"/>',
    "bottle": '<path d="M106 48h28v34c22 10 34 26 34 50v46a16 16 0 01-16 16H88a16 16 0 01-16-16v-46c0-24 12-40 34-50z" fill="{c}"/>'
    '<rect x="108" y="34" width="24" height="18" rx="5" fill="{s}"/>',
    "vase": '<path d="M100 38h40c-6 34 30 58 30 98 0 34-22 66-50 66s-50-32-50-66c0-40 36-64 30-98z" fill="{c}"/>'
    '<ellipse cx="120" cy="39" rx="21" ry="6" fill="{s}"/>',
    "round_vase": '<circle cx="120" cy="138" r="64" fill="{c}"/><rect x="98" y="58" width="44" height="30" rx="8" fill="{c}"/>'
    '<ellipse cx="120" cy="60" rx="22" ry="6" fill="{s}"/>',
    "pot": '<path d="M64 86h112l-14 94a14 14 0 01-14 12H92a14 14 0 01-14-12z" fill="{c}"/><rect x="56" y="66" width="128" height="28" rx="8" fill="{s}"/>',
    "tile": '<rect x="58" y="58" width="124" height="124" rx="14" fill="{c}"/><path d="M120 80l12 28 28 12-28 12-12 28-12-28-28-12 28-12z" fill="{s}"/>',
    "bell": '<path d="M120 46c34 0 48 30 52 84l10 26H58l10-26c4-54 18-84 52-84z" fill="{c}"/><circle cx="120" cy="172" r="13" fill="{s}"/>',
}  # fmt: skip


def name(product: Product, glaze: str) -> str:
    return f"{product.key}-{glaze}.svg"


def draw(product: Product, glaze: Glaze) -> str:
    shade = "#f1e4d2" if glaze.key == "latte" else _lighter(glaze.colour)
    body = _SHAPES[product.shape].format(c=glaze.colour, s=shade)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" width="{_SIZE}" height="{_SIZE}">'
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="{glaze.ground}"/>{body}</svg>\n'
    )


def everything(products: tuple[Product, ...]) -> dict[str, str]:
    """Every picture by its file name."""
    return {
        name(product, glaze): draw(product, GLAZES[glaze]) for product in products for glaze in product.glazes
    }


def _lighter(colour: str) -> str:
    """Half way to white."""
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 255) // 2:02x}" for at in (1, 3, 5))
