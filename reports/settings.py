"""What a setting was in a variant: its own change, else that of the scenario, else the default that the manifest lists."""

from __future__ import annotations

import math
import re
from typing import Any

from . import basis
from .folder import RunFolder

# Unit -> factor to seconds or to a fraction.
_UNITS = {
    **{"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "hour": 3600.0, "hours": 3600.0},
    **{"day": 86_400.0, "days": 86_400.0, "week": 604_800.0, "weeks": 604_800.0},
    **{"%": 0.01, "": 1.0},
}
_QUANTITY = re.compile(r"(?:assume\s+)?(-?[\d.]+(?:e-?\d+)?)\s*([a-z%]*)(?:\W.*)?")


def setting(run: RunFolder, variant: str, name: str, otherwise: float = math.nan) -> float:
    """Seconds, fraction or number; `otherwise` when the folder does not tell."""
    for text in _places(run, variant, name):
        found = quantity(run, text)
        if found is not None:
            return found
    return otherwise


def _places(run: RunFolder, variant: str, name: str) -> list[str]:
    changes = next((item.changes for item in run.manifest.variants if item.name == variant), [])
    own = [line.removeprefix(f"{name}: ") for line in changes if line.startswith(f"{name}: ")]
    common: Any = run.scenario.get("settings")
    shared = [str(common[name])] if isinstance(common, dict) and name in common else []
    left = [item["value"] for item in map(basis.default, run.manifest.defaults) if item["name"] == name]
    return own + shared + left


def quantity(run: RunFolder, text: str) -> float | None:
    """Of `1.5 h`, `assume 3 %` or `$name`: seconds, fraction or number; None for what is none."""
    text = text.strip()
    if text.startswith("$"):
        figure = next((row for row in run.manifest.figures if row.get("name") == text[1:]), None)
        if figure is None:
            return None
        text = f"{figure.get('value', '')} {figure.get('unit', '')}"
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    return float(found[1]) * _UNITS.get(found[2], 1.0)
