"""Compact arrays of DLMS: a description of one element's type, then the elements' contents without tags.

ESMEs write their long logs so (GBCS 7.3): the elements come out as from an ordinary array.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ARRAY, STRUCTURE = 0x01, 0x02
# Tag -> octets of a number, whether it is signed.
NUMBERS = {
    0x05: (4, True), 0x06: (4, False), 0x0F: (1, True), 0x10: (2, True), 0x11: (1, False), 0x12: (2, False),
    0x14: (8, True), 0x15: (8, False), 0x16: (1, False),
}  # fmt: skip
NULL, BOOLEAN, BIT_STRING, OCTET_STRING, VISIBLE_STRING, UTF8_STRING = 0x00, 0x03, 0x04, 0x09, 0x0A, 0x0C
# No GBCS log has more values; a description of nulls could otherwise ask for any number of them from few octets.
MAXIMUM_VALUES = 1_000_000
MAXIMUM_DEPTH = 16


@dataclass(frozen=True)
class Kind:
    """A type: elements of a structure, or the one of an array with its count."""

    tag: int
    elements: tuple[Kind, ...] = ()
    count: int = 0


class _Reader:
    def __init__(self, octets: bytes) -> None:
        self.octets, self.at, self.values = octets, 0, 0

    def take(self, count: int) -> bytes:
        part = self.octets[self.at : self.at + count]
        if len(part) != count:
            raise ValueError(f"a compact array ends at octet {len(self.octets)}, {count} more are wanted at {self.at}")
        self.at += count
        return part

    def length(self) -> int:
        first = self.take(1)[0]
        return first if first < 0x80 else int.from_bytes(self.take(first & 0x7F))

    def kind(self, depth: int = 0) -> Kind:
        if depth > MAXIMUM_DEPTH:
            raise ValueError("the type of a compact array is nested too deep")
        tag = self.take(1)[0]
        if tag == ARRAY:
            count = int.from_bytes(self.take(2))
            return Kind(tag, (self.kind(depth + 1),), count)
        if tag == STRUCTURE:
            return Kind(tag, tuple(self.kind(depth + 1) for _ in range(self.length())))
        return Kind(tag)

    def value(self, kind: Kind) -> Any:
        self.values += 1
        if self.values > MAXIMUM_VALUES:
            raise ValueError(f"a compact array has more than {MAXIMUM_VALUES} values")
        if kind.tag == ARRAY:
            return [self.value(kind.elements[0]) for _ in range(kind.count)]
        if kind.tag == STRUCTURE:
            return [self.value(element) for element in kind.elements]
        return self.leaf(kind.tag)

    def leaf(self, tag: int) -> Any:
        if tag in NUMBERS:
            size, signed = NUMBERS[tag]
            return int.from_bytes(self.take(size), signed=signed)
        if tag == NULL:
            return None
        if tag == BOOLEAN:
            return self.take(1) != b"\0"
        if tag == BIT_STRING:
            bits = self.length()
            return "".join(f"{octet:08b}" for octet in self.take((bits + 7) // 8))[:bits]
        if tag == OCTET_STRING:
            return self.take(self.length())
        if tag in (VISIBLE_STRING, UTF8_STRING):
            return self.take(self.length()).decode("utf-8", "replace")
        raise ValueError(f"a compact array has no elements of type {tag:02X}")


def elements(octets: bytes) -> list[Any]:
    """The elements of a compact array, from its description on."""
    reader = _Reader(octets)
    kind = reader.kind()
    end = reader.length() + reader.at
    if end != len(octets):
        raise ValueError(f"a compact array ends at octet {len(octets)}, its length says {end}")
    found: list[Any] = []
    while reader.at < end:
        before = reader.at
        found.append(reader.value(kind))
        if reader.at == before:
            raise ValueError("the elements of a compact array are empty")
    return found
