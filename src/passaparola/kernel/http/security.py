"""Security headers on every answer.

The policy is closed by default: nothing inline, nothing evaluated, nothing from elsewhere, no frame around.
Customers' pages may show the shop's product pictures, which live on the shop's own delivery network (any
https address): everything outside `/office/` and `/raw/` may load images from https, the team's pages may
not. A view that needs another policy (a preview in a frame, say) sets the header itself; it is left alone.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
TEAM_PATHS = ("/office/", "/raw/")


def written(policy: dict[str, str]) -> str:
    """A policy as its header's value."""
    return "; ".join(f"{name} {value}" for name, value in policy.items())


FOR_TEAM = written(POLICY)
FOR_CUSTOMERS = written(POLICY | {"img-src": f"{POLICY['img-src']} https:"})

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Middleware; stands first, so that errors of everything below carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_team = request.path.startswith(TEAM_PATHS)
        response.headers.setdefault("Content-Security-Policy", FOR_TEAM if is_team else FOR_CUSTOMERS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
