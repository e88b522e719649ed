"""Counts per repeat, the same way for all sections."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def per_repeat(rows: pd.DataFrame, keys: Sequence[str], repeats: int) -> dict[tuple[str, ...], float]:
    """Mean number of rows per repeat for each combination of the columns `keys` that occurs."""
    if rows.empty:
        return {}
    counts = rows.groupby(list(keys), observed=True, sort=False).size()
    return {key if isinstance(key, tuple) else (key,): int(n) / repeats for key, n in counts.items()}


def world_and_request(rows: pd.DataFrame) -> pd.Series:
    """A number for each request of each world; request numbers repeat from world to world."""
    variants = rows["variant"].cat.codes.astype("int64")
    return (variants * 1_000_000 + rows["repeat"].astype("int64")) * 1_000_000_000_000 + rows["request"].astype("int64")


def in_order(found: Sequence[str], known: Sequence[str]) -> list[str]:
    """`found` without doubles: first those of `known` in its order, then the rest by name."""
    present = set(found)
    return [word for word in known if word in present] + sorted(present - set(known))
