"""When something can't be done."""


class CannotError(ValueError):
    """The sentence says why, in words for whoever asked, in their language."""
