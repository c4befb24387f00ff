"""Things that come in many kinds: a contract beside a folder of kinds, found by listing the folder.

Adding a kind is adding a folder; nobody imports a kind by name.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Generic, TypeVar

Contract = TypeVar("Contract")


class UnknownKindError(KeyError):
    """There is no such kind; the sentence names those there are.

    A KeyError, so that `in` and `get()` work on a registry as on any mapping.
    """

    def __str__(self) -> str:
        return str(self.args[0])


class Registry(Mapping[str, Contract], Generic[Contract]):
    """The kinds in one folder, by folder name.

    A kind's package (`__init__.py`) has an attribute `kind` holding an instance of the contract.
    """

    def __init__(self, package: str, contract: type[Contract]) -> None:
        self.package = package
        self.contract = contract

    @cached_property
    def _kinds(self) -> dict[str, Contract]:
        folder = import_module(self.package)
        found: dict[str, Contract] = {}
        for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda m: m.name):
            if not module.ispkg or module.name == "tests":
                continue
            kind = import_module(f"{self.package}.{module.name}").kind
            if not isinstance(kind, self.contract):
                raise TypeError(f"{self.package}.{module.name}.kind is no {self.contract.__name__}.")
            found[module.name] = kind
        return found

    def __getitem__(self, key: str) -> Contract:
        try:
            return self._kinds[key]
        except KeyError:
            raise UnknownKindError(
                f"“{key}” is not known here; there are: {', '.join(self._kinds)}."
            ) from None

    def __contains__(self, key: object) -> bool:
        return key in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
