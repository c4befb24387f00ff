"""How the private PostgreSQL is set: for one machine, one program, and small memory."""

from collections.abc import Iterator
from pathlib import Path

_ALWAYS = {
    "listen_addresses": "",  # no network: the socket's folder is the guard
    "unix_socket_permissions": "0700",
    "max_connections": "300",  # each worker process holds one for each loop: some twenty
    "shared_buffers": "128MB",
    "jit": "off",  # compiling costs more than our short queries take
    "random_page_cost": "1.1",  # disks without moving heads
    "wal_level": "minimal",  # nobody replicates a private database: less to write
    "max_wal_senders": "0",
    "wal_compression": "off",  # what a page takes to compress costs more than to write it whole (ADR 41)
    "checkpoint_timeout": "15min",
    "max_wal_size": "2GB",  # a busy hour then ends by the clock, not by its volume; a quiet shop's log stays small
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",  # clients' mistakes are the clients' to log ...
    "log_min_error_statement": "panic",  # ... and no customer's name or address belongs in a log file
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
_SINCE_18 = {"io_method": "sync"}  # its reading processes are too many for a small machine
_NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}  # a kill is survived still, a power cut is not


def arguments(*, major: int, durable: bool, socket_folder: Path) -> Iterator[str]:
    """Give the server's command line arguments; there is no configuration file to fall out of date."""
    quoted = str(socket_folder).replace('"', '""')
    wanted = _ALWAYS | {"unix_socket_directories": f'"{quoted}"'}
    wanted |= _SINCE_18 if major >= 18 else {}  # noqa: PLR2004 - a version, not a quantity
    wanted |= {} if durable else _NOT_DURABLE
    for name, value in wanted.items():
        yield from ("-c", f"{name}={value}")
