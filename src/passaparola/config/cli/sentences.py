"""One plain sentence for what went wrong underneath a command."""


def about(error: Exception) -> str:
    """Say what happened, and where more is to be seen when nobody foresaw it."""
    from passaparola.config.schema import OtherTablesError
    from passaparola.kernel.database.errors import PrivateDatabaseError
    from passaparola.kernel.plugins import UnknownKindError

    if isinstance(error, OtherTablesError | PrivateDatabaseError | UnknownKindError):
        return str(error)
    first_line = str(error).strip().partition("\n")[0]
    if _is_of_the_database(error):
        return f"The database does not do it: {first_line}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The system'}: {error.strerror}."
    return f"Unexpectedly {type(error).__name__}: {first_line} (PASSAPAROLA_LOG=debug shows where)."


def _is_of_the_database(error: Exception) -> bool:
    from psycopg import Error

    return isinstance(error, Error) or isinstance(error.__cause__, Error)
