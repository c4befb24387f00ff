"""What a shop gives so that a kind can be asked (its contract, its depot), checked. Pure."""

from collections.abc import Mapping

from passaparola.inbound.source import Source


class GivenError(ValueError):
    """Something is missing, or is not known there. The sentence says what the kind needs."""


def checked(kind: Source, given: Mapping[str, str], *, is_needed: bool) -> dict[str, str]:
    """Return what was given without blanks around it: all that the kind asks for and nothing else.

    Nothing at all is fine where it is not needed: a kind that also posts may be connected just for that.
    """
    found = {name.strip(): value.strip() for name, value in given.items()}
    unknown = [name for name in found if name not in kind.settings]
    if unknown:
        raise GivenError(f"{kind.name} knows no setting “{unknown[0]}”; {_needs(kind)}.")
    missing = [name for name in kind.settings if name not in kind.optional and not found.get(name)]
    if missing and (is_needed or found):
        raise GivenError(f"{kind.name} can't be asked without “{missing[0]}”: {_needs(kind)}.")
    return found


def _needs(kind: Source) -> str:
    needed = [name for name in kind.settings if name not in kind.optional]
    takes = [name for name in kind.settings if name in kind.optional]
    says = f"it needs {' and '.join(needed) or 'none'}"
    return f"{says}, and takes {' and '.join(takes)}" if takes else says
