"""Why a request of ours came to nothing: one plain sentence, which names the host and never a secret."""

import ssl
from http.client import HTTPException

from django.utils.translation import gettext as _


class RequestError(Exception):
    """No answer. The sentence may be shown and kept: it holds no path, no header, no body."""

    is_permanent = False
    """The same request would fail again, however often it is tried."""
    may_have_arrived = False
    """The request was on its way when it failed: the other side may have it, and only the answer is missing."""


class ForbiddenError(RequestError):
    """It is not asked: the address is none we send requests to."""

    is_permanent = True


class UnreachableError(RequestError):
    """Nobody answered in time, or not in a way that can be trusted."""


class BadAnswerError(RequestError):
    """Somebody answered, but with something that is no HTTP, or too much of it."""


def failure(error: Exception, host: str) -> RequestError:
    """Say what became of a request, not in the error's own words: they may repeat a header it carried."""
    said = {"host": host}
    if isinstance(error, TimeoutError):
        return UnreachableError(_("“%(host)s” takes too long to answer.") % said)
    if isinstance(error, ssl.SSLCertVerificationError):
        said["reason"] = error.verify_message
        return UnreachableError(_("“%(host)s” can't prove who it is: %(reason)s.") % said)
    if isinstance(error, ssl.SSLError):
        return UnreachableError(_("“%(host)s” does not speak TLS as we do.") % said)
    if isinstance(error, OSError):
        said["reason"] = error.strerror or _("it hung up")
        return UnreachableError(_("“%(host)s” does not answer: %(reason)s.") % said)
    if isinstance(error, HTTPException):
        return BadAnswerError(_("“%(host)s” answers with something that is no HTTP.") % said)
    return ForbiddenError(_("The request to “%(host)s” can't be written down.") % said)
