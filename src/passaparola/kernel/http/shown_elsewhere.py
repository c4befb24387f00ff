"""What mail programs may load from us: pictures. Pages, scripts and the rest stay on our own origin.

A webmail shows a mail on its own origin, and our previews show one in a frame that has none: the
`Cross-Origin-Resource-Policy` of `security` would keep our pictures from both.
"""

from collections.abc import MutableMapping

PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")


def allow_pictures(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Let static pictures be shown elsewhere; whitenoise asks once for each file."""
    del path
    if url.lower().endswith(PICTURES):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
