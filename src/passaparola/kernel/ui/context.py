"""What the layouts know of the person's own choice of look, kept on their device."""

from django.http import HttpRequest

THEMES = ("light", "dark")


def look(request: HttpRequest) -> dict[str, dict[str, str]]:
    """`look.theme` is light, dark or empty (as the device), `look.keys` is off or empty."""
    theme = request.COOKIES.get("theme", "")
    keys = request.COOKIES.get("keys", "")
    return {"look": {"theme": theme if theme in THEMES else "", "keys": keys if keys == "off" else ""}}
