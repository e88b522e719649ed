"""A decoded payload that remembers which of its values were mapped, so that none is lost in silence."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

Path = tuple[Hashable, ...]


class Datum:
    """A value of a payload (lists and dictionaries nest); taking `raw` marks it, and all below it, as mapped."""

    __slots__ = ("_mapped", "_value", "path")

    def __init__(self, value: Any, path: Path = (), mapped: set[Path] | None = None) -> None:
        self._value = value
        self.path = path
        self._mapped: set[Path] = set() if mapped is None else mapped

    def at(self, *keys: Hashable) -> Datum | None:
        """The value below; None when it is absent or null."""
        value, path = self._value, self.path
        for key in keys:
            value = _below(value, key)
            path = (*path, key)
            if value is None:
                return None
        return Datum(value, path, self._mapped)

    def __iter__(self) -> Iterator[Datum]:
        for place, value in enumerate(self._value if isinstance(self._value, list) else ()):
            if value is not None:
                yield Datum(value, (*self.path, place), self._mapped)

    def __len__(self) -> int:
        return len(self._value) if isinstance(self._value, list | dict) else 0

    @property
    def raw(self) -> Any:
        """The plain value; it counts as mapped from here on."""
        self._mapped.add(self.path)
        return self._value

    @property
    def peek(self) -> Any:
        """The plain value, not marked."""
        return self._value

    @property
    def number(self) -> int:
        """An integer; a payload that has something else there is refused."""
        value = self.raw
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnexpectedValueError(self, "an integer")
        return value

    @property
    def octets(self) -> bytes:
        """An octet-string."""
        value = self.raw
        if isinstance(value, str):  # of ASN.1, as hexadecimal text; EUI-64s with hyphens
            try:
                return bytes.fromhex(value.replace("-", ""))
            except ValueError:
                pass
        if not isinstance(value, bytes):
            raise UnexpectedValueError(self, "an octet-string")
        return value

    @property
    def flag(self) -> bool:
        """A boolean; devices write true as 01 or FF."""
        value = self.raw
        if not isinstance(value, bool | int):
            raise UnexpectedValueError(self, "a boolean")
        return bool(value)

    def ignore(self, *keys: Hashable) -> None:
        """Declare a value as one that MMC has no place for, or that is a constant of GBCS."""
        self._mapped.add((*self.path, *keys))

    def leaves(self) -> Iterator[tuple[Path, Any]]:
        """Every single value with its path."""
        yield from _leaves(self._value, self.path)

    def unmapped(self) -> list[tuple[Path, Any]]:
        """The values that nobody took."""
        return [(path, value) for path, value in self.leaves() if not self._was_mapped(path)]

    def _was_mapped(self, path: Path) -> bool:
        return any(path[:length] in self._mapped for length in range(len(path) + 1))


class UnexpectedValueError(ValueError):
    """The payload parses, but a value is not of the type that GBCS gives it."""

    def __init__(self, datum: Datum, wanted: str) -> None:
        place = ".".join(map(str, datum.path)) or "the payload"
        super().__init__(f"{place} is not {wanted}")


def _below(value: Any, key: Hashable) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _leaves(item, (*path, place))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif value is not None:
        yield path, value
