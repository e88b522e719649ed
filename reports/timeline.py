"""Steps of the story that sections need to know of, from the scenario that a run folder keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .folder import RunFolder
from .settings import quantity

Span = tuple[int, int]  # begin and end, microseconds since the epoch


def outages(run: RunFolder, part: str) -> list[Span]:
    """When a part of the network did not work, by time; what cannot be understood is left out."""
    steps: Any = run.scenario.get("timeline")
    found = []
    for step in steps if isinstance(steps, list) else []:
        if not isinstance(step, dict) or (step.get("do"), step.get("what")) != ("outage", part):
            continue
        at, lasts = _moment(run, step.get("at")), quantity(run, str(step.get("lasts")))
        if at is not None and lasts is not None:
            found.append((round(at * 1e6), round((at + lasts) * 1e6)))
    return sorted(found)


def _moment(run: RunFolder, at: Any) -> float | None:
    """Seconds since the epoch of `start + 25 days + 17 h`, or of a date."""
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    base, *later = (part.strip() for part in str(at).split(" + "))
    moments = [_date(run.manifest.start if base == "start" else base), *(quantity(run, part) for part in later)]
    known = [moment for moment in moments if moment is not None]
    return sum(known) if len(known) == len(moments) else None


def _date(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
