"""The words a scenario may use, straight from the tables of the core."""

from __future__ import annotations

from typing import Any

from meterbed import _core

KINDS = ("devices", "services", "steps", "metrics", "gates", "faults", "invariants", "sections", "use-cases")


def vocabulary(kind: str) -> list[dict[str, Any]]:
    """Items of one kind, each with `name`, `description` and what else the table holds.

    `kind` is one of `KINDS`; anything else is a ValueError.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind '{kind}', choose one of {', '.join(KINDS)}")
    return _core.vocabulary()[kind]
