"""Times and durations as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from meterbed.units import from_microseconds, to_duration, to_microseconds, to_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 h", timedelta(hours=24)),
        ("3min", timedelta(minutes=3)),
        ("1.5 days", timedelta(hours=36)),
        ("250 ms", timedelta(milliseconds=250)),
    ],
)
def test_durations(text: str, expected: timedelta) -> None:
    assert to_duration(text) == expected


@pytest.mark.parametrize("text", ["", "24", "h", "-3 h", "3 weeks", "nan s"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        to_duration(text)


def test_times_are_utc() -> None:
    assert to_time("2020-02-09 17:00") == datetime(2020, 2, 9, 17, tzinfo=UTC)
    assert to_time(datetime(2020, 2, 9, 18, tzinfo=timezone(timedelta(hours=1)))) == to_time("2020-02-09T17:00:00Z")
    assert from_microseconds(to_microseconds(to_time("2020-02-09 17:00:00.000001"))).microsecond == 1
