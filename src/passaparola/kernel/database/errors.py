"""What can go wrong with the private database, said in one sentence for the person at the terminal."""


class PrivateDatabaseError(RuntimeError):
    """The private PostgreSQL can't run here. The sentence says why and what to do."""
