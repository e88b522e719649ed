"""Numbers and ranges of them, as `--seeds` and `--homes` take them."""

from __future__ import annotations

import re

import typer

_RANGE = re.compile(r"(\d+)(?:\.\.(\d+))?")


def parse_numbers(option: str, text: str, example: str) -> list[int]:
    """'0..29' or '1,2,3' or '0..9,20..29'."""
    numbers: list[int] = []
    for piece in text.split(","):
        match = _RANGE.fullmatch(piece.strip())
        if match is None:
            raise typer.BadParameter(f"{option} '{text}': write for example {example}")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise typer.BadParameter(f"{option} '{text}': {last} is less than {first}")
        numbers += range(first, last + 1)
    return numbers
