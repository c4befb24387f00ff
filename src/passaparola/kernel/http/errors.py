"""Why a request of ours came to nothing: one plain sentence, which names the host and never a secret."""


class RequestError(Exception):
    """No answer. The sentence may be shown and kept: it holds no path, no header, no body."""

    is_permanent = False
    """The same request would fail again, however often it is tried."""


class ForbiddenError(RequestError):
    """It is not asked: the address is none we send requests to."""

    is_permanent = True


class UnreachableError(RequestError):
    """Nobody answered in time, or not in a way that can be trusted."""


class BadAnswerError(RequestError):
    """Somebody answered, but with something that is no HTTP, or too much of it."""
