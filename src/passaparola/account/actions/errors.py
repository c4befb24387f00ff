"""What can't be done, as sentences for whoever tried."""


class TooManyTriesError(Exception):
    """Somebody tries too often."""


class NotPossibleError(ValueError):
    """It can't be done (any more); the sentence says why, in the reader's language."""
