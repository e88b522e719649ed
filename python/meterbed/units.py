"""Times and durations as people write them, to and from integer microseconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_UNITS = {
    "us": timedelta(microseconds=1),
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "day": timedelta(days=1),
    "days": timedelta(days=1),
}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)")


def to_duration(value: str | timedelta) -> timedelta:
    """'24 h', '3 min', '1.5 days' or a timedelta; ValueError for anything else."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip())
    if match is None or match[2] not in _UNITS:
        raise ValueError(f"'{value}' is not a duration; write for example '24 h', units are {', '.join(_UNITS)}")
    return float(match[1]) * _UNITS[match[2]]


def to_time(value: str | datetime) -> datetime:
    """'2020-02-09 17:00' or a datetime; without a zone it is UTC, as everywhere in meterbed."""
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def to_microseconds(time: datetime) -> int:
    """Microseconds since the epoch."""
    return (time - EPOCH) // MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The time, with zone UTC."""
    return EPOCH + value * MICROSECOND
