"""The contract of a connector: it translates what a shop system says into facts, and nothing else."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from passaparola.inbound.source import Posted, Source
from passaparola.kernel.plugins import Registry
from passaparola.orders.facts import Facts
from passaparola.orders.giving_back import Talk, Wish


@dataclass(frozen=True, slots=True)
class FileRow:
    """One order read from an export: the facts, or the sentence saying why the row can't be read."""

    line: int
    """The line of the file at which it starts, the header being 1."""
    facts: Facts | None
    reason: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


class Connector(Source):
    """Contract of `connectors/<key>/`."""

    reads_files: ClassVar[bool] = False
    takes_refunds_off_lines: ClassVar[bool] = False
    """A line's quantity and total are what is left of it after refunds; else they stay as ordered."""

    gives_back: ClassVar[bool] = False
    """Money can be given back through it, with what the shop gives as `settings`."""

    def give_back(self, wish: Wish, given: Mapping[str, str]) -> Talk:
        """Give this money back, once: begins by looking whether it was given already.

        A generator over requests and answers, so that translating stays all it does. Raises NotGivenError.
        """
        raise NotImplementedError

    @abstractmethod
    def read(self, posted: Posted) -> Facts:
        """Translate one authentic delivery.

        Pure and total: unknown fields are ignored, missing ones leave defaults, and what can't be
        understood raises `inbound.source.UnreadableError` with a sentence a shop owner understands.
        """

    def read_file(self, lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:
        """Translate an order export, streaming: memory stays flat however long the file.

        `mapping` names the file's column for each of ours; empty means the source's own export format.
        """
        raise NotImplementedError


CONNECTORS: Registry[Connector] = Registry("passaparola.orders.connectors", Connector)  # type: ignore[type-abstract]
