"""EUI-64: the eight-octet identifier of every device and organisation, as a number and as text."""

from __future__ import annotations


def eui(value: int | str) -> int:
    """As an int, from 16 hexadecimal digits with or without '-' or ':'; ValueError for anything else."""
    if isinstance(value, int):
        return value
    digits = value.replace("-", "").replace(":", "")
    if len(digits) != 16 or not set(digits) <= set("0123456789abcdefABCDEF"):
        raise ValueError(f"'{value}' is not an EUI-64: 16 hexadecimal digits")
    return int(digits, 16)


def eui_text(number: int) -> str:
    """As DUIS writes it: 00-DB-12-34-56-78-90-A0."""
    return number.to_bytes(8).hex("-").upper()
