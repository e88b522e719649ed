"""The DLMS objects of a device: names and values, to look at and to put.

Attributes are named class/OBIS/number, values are written with their types: "int32 250000", "{int8 0, enum 30}",
"[uint32 2300, uint32 4600]", "octets 07DF0101", "text 'ALCS 1'", "bool true".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from meterbed import _core


@dataclass(frozen=True)
class Object:
    """One attribute: where it stands, what GBCS's mapping table calls it, and its value as text."""

    attribute: str
    name: str
    value: str


class Objects(Mapping[str, Object]):
    """The attributes of one device, as they are at the moment of asking."""

    def __init__(self, world: _core.World, device: int) -> None:
        self._world = world
        self._device = device

    def _read(self) -> dict[str, Object]:
        return {row[0]: Object(*row) for row in _core.device_objects(self._world, self._device)}

    def __getitem__(self, attribute: str) -> Object:
        return self._read()[attribute]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def named(self, name: str) -> list[Object]:
        """Those whose name contains this text, whatever the case."""
        return [item for item in self._read().values() if name.lower() in item.name.lower()]

    def put(self, attribute: str, value: str) -> None:
        """Makes the device hold a value, as if it had measured or kept it.

        Raises ValueError when either text cannot be read.
        """
        _core.put_object(self._world, self._device, attribute, value)

    def __repr__(self) -> str:
        return f"<{len(self)} objects>"
