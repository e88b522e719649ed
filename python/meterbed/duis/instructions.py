"""The instructions of future dated commands, to number their 8F66 and 8F67 alerts (FutureDatedDeviceAlertMessage)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from meterbed import gbcs

# Activation attributes in the order of the command: class, OBIS, attribute as the alert has them (GBCS 9.2.2.7).
PREPAYMENT = (
    "2328 00005E2C801F 06", "2328 00005E2C0214 06", "2328 00005E2C020A 06", "2328 00005E2C800C 06", "2328 00005E2C800D 06",
    "2328 00005E2C8009 06", "2328 00005E2C8002 06", "2328 00005E2C8003 06", "2328 00005E2C801C 06",
)  # fmt: skip
CALENDAR = ("2328 00005E2C801A 06", "2328 00005E2C8023 06")
# Components with a time of their own: cluster, command; the frame control between them says nothing.
PAYMENT_MODE = ("0705 06",)

# Message code of the command -> its instructions.
INSTRUCTIONS: Mapping[int, tuple[str, ...]] = {
    0x0019: (
        "0014 00000D0000FF 0A", "2328 00005E2C801D 06", "2328 00005E2C0200 06", "0071 0000131404FF 07",
        "0071 0000131400FF 07", "2328 00003F0101FF 06",
    ),
    0x001A: ("006F 0001130000FF 0D",),
    0x001B: ("2328 00005E2C8016 06", "006F 0001130000FF 0D"),
    0x001F: PREPAYMENT,
    0x0043: ("2328 00005E2C0003 06", "2328 00005E2C8007 06", "2328 00005E2C8006 06", "2328 00005E2C8008 06"),
    0x0054: CALENDAR,
    0x006B: ("0707 00", "0707 04", "0700 04", "0700 06", "0700 05"),
    0x006C: PAYMENT_MODE,
    0x006D: PAYMENT_MODE,
    0x006F: ("0705 03", "0705 0C", "0705 09", "0705 0B", "0707 00", "0707 04"),
    0x00A2: ("0071 0000131404FF 07", "0071 0000131400FF 07"),
    0x00A3: ("0700 04", "0700 05"),
    0x00B7: ("0014 00000D0001FF 0A", "0071 0000131405FF 07", "2328 00005E2C801E 06"),
    0x00C7: ("0071 0000131405FF 07",),
    0x00DE: PREPAYMENT,
    0x011A: CALENDAR,
}  # fmt: skip


def instruction_of(code: int, identification: bytes, command: gbcs.Message | None = None) -> tuple[int, int]:
    """(number, total) of an instruction. One that is not listed counts as the first.

    A command may leave optional instructions out: with the command itself, those that it has are counted; without, all
    that its use case can have.
    """
    listed = [bytes.fromhex(text) for text in INSTRUCTIONS.get(code, ())]
    if command is not None and command.code == code:
        given = list(_instructions(command.body))
        listed = [row for row in listed if any(_same(row, octets) for octets in given)]
    for place, row in enumerate(listed, 1):
        if _same(row, identification):
            return place, len(listed)
    return 1, max(1, len(listed))


def _instructions(body: dict[str, Any]) -> Iterator[bytes]:
    """What a command sets or sends, as an alert would identify it."""
    for item in body.get("items", []):
        obis = bytes(map(int, re.split("[-:.]", item["obis"])))
        yield item["class"].to_bytes(2) + obis + item["index"].to_bytes(1)
    for component in body.get("components", []):
        yield int(component["cluster"], 16).to_bytes(2) + bytes([component["frame_control"], component["command"]])


def _same(row: bytes, identification: bytes) -> bool:
    if len(identification) == 4 and len(row) == 3:  # cluster, frame control, command
        return row == identification[:2] + identification[3:]
    return row == identification
