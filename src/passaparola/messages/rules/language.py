"""The language we write in."""

SPOKEN = ("en", "it")


def language_of(customer: str, order: str, store: str) -> str:
    """Return the customer's language, else the order's, else the store's, of those we speak.

    Somebody whose language we don't speak is written to in English rather than in the shop's.
    """
    for told in (customer, order):
        code = told[:2].lower()
        if code in SPOKEN:
            return code
        if code:
            return "en"
    return store[:2].lower() if store[:2].lower() in SPOKEN else "en"
