"""Liquid as the shop owner knows it: for HTML everything is escaped, for text nothing is.

The sandbox is Liquid's own: a template reaches the data it is given and nothing else. Limits keep a
template that goes wild from holding up the outbox.
"""

from liquid import Environment, Mode, StrictUndefined, Undefined


class _Limited(Environment):
    loop_iteration_limit = 5_000
    output_stream_limit = 512 * 1024
    local_namespace_limit = 64 * 1024
    suppress_blank_control_flow_blocks = False


def environment(*, escapes: bool, forgiving: bool = True) -> Environment:
    """Return an environment; an unforgiving one raises for what is not in the data (for tests)."""
    return _Limited(
        tolerance=Mode.STRICT, autoescape=escapes, undefined=Undefined if forgiving else StrictUndefined
    )


HTML = environment(escapes=True)
TEXT = environment(escapes=False)
