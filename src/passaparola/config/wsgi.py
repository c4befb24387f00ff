"""What the web server calls: the hot paths first, Django for all the rest."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from passaparola.kernel.ui.assets import build_assets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
build_assets()  # before Django looks which static files there are
django = get_wsgi_application()

from passaparola.account import fast as account  # noqa: E402 - needs Django set up
from passaparola.inbound import fast as inbound  # noqa: E402

FAST = (inbound.serve, account.serve)
"""Each answers what it knows completely (status, headers, body) and leaves the rest by returning None."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    for serve in FAST:
        response = serve(environ)
        if response is not None:
            status, headers, body = response
            start_response(status, headers)
            return body
    return django(environ, start_response)
