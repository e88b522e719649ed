"""Which records are the way of one message: of a request, of a hub's outage report, of an alert.

A new record of an outage report or an alert: a row in KINDS when it says whose it is, otherwise in NAMELESS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meterbed.reports.lanes import LANES
from meterbed.traces.choice import Row

REQUEST, OUTAGE, ALERT = "request", "outage report", "alert"
WAITED = "waited for radio"
# Told beside the message's own way, at the station that wrote them.
ASIDE = {
    "certificate chosen",
    "request accepted",
    "holder recorded",
    "inventory changed",
    "cell replaced",
    "cell kept",
    "dual control given",
}
# Columns that tell one message of a kind from another. The counter of an outage report is the number of the hub's loss.
KEYS: Mapping[str, tuple[str, ...]] = {
    REQUEST: ("request",),
    OUTAGE: ("home", "counter"),
    ALERT: ("device", "party", "counter"),
}
# Kind of what a record without a request is about, when it has a counter.
KINDS: Mapping[str, str] = {
    "power outage reported": OUTAGE,
    "power outage not reported": OUTAGE,
    "power outage received": OUTAGE,
    "alert withheld": OUTAGE,  # of device alerts it has no counter
    "DCC alert": OUTAGE,  # AD1: others have no counter
    "alert sent": ALERT,
    "alert received": ALERT,
}
# Records that name only a home or a device -> the last record of a message that they can be about. By `what` and, of
# losses, `detail`; "answer" is a response or an alert.
NAMELESS: Mapping[tuple[str, str], tuple[str, ...]] = {
    (WAITED, ""): ("power outage reported", "alert sent"),
    ("message lost", "power outage event"): ("power outage reported",),
    ("message lost", "answer"): ("alert sent", "response sent"),
    ("alert withheld", ""): ("alert sent",),
    ("alert undeliverable", ""): ("alert sent",),
}


@dataclass(frozen=True, eq=False)
class Way:
    """Of one message, or of a request and all its messages. rows: its records in the order of time, at least one."""

    kind: str
    rows: list[Row]

    @property
    def last(self) -> Row:
        """The record that says where the message is; a wait does not move it."""
        return next((row for row in reversed(self.rows) if row["what"] != WAITED), self.rows[-1])

    @property
    def is_lone_record(self) -> bool:
        """Whether there is no way to show, as of an outage that was never reported. A wait lasts by itself."""
        return len(self.rows) == 1 and self.kind != REQUEST and self.rows[0]["what"] != WAITED

    def branches(self) -> list[list[int]]:
        """Numbers of rows that lead to each other. AD1 goes to two users: the DCC tells both, not one the other."""
        told = [number for number, row in enumerate(self.rows) if self.kind == OUTAGE and row["what"] == "DCC alert"]
        main = [number for number in range(len(self.rows)) if number not in told[1:]]
        return [main, *([told[0] - 1, number] for number in told[1:] if told[0] > 0)]


def ways(rows: Iterable[Row]) -> list[Way]:
    """Of all messages of homes that are shown, by their first records; `rows` in the order of time.

    A wait that no message can be told for is a way by itself; other such records are on none.
    """
    found: dict[tuple[object, ...], Way] = {}
    homes: dict[int, dict[Way, None]] = {}  # in the order in which something happened to the messages
    alone: list[Way] = []
    for row in rows:
        home = homes.setdefault(row["home"], {})
        kind = _kind(row)
        if kind:
            way: Way | None = found.setdefault((kind, *(row[name] for name in KEYS[kind])), Way(kind, []))
        else:
            way = _under_way(home, row)
        if way is not None:
            way.rows.append(row)
            home.pop(way, None)
            home[way] = None
        elif row["what"] == WAITED:
            alone.append(Way(ALERT, [row]))
    return [way for way in (*found.values(), *alone) if any(row["home"] >= 0 for row in way.rows)]


def _kind(row: Row) -> str:
    """Empty when the record does not say which message it is about, or is about none."""
    if row["request"] > 0:
        return REQUEST if row["what"] in LANES and row["what"] not in ASIDE else ""
    return KINDS.get(row["what"], "") if row["counter"] else ""


def _under_way(home: Iterable[Way], row: Row) -> Way | None:
    """The outage report or alert of this home that a record is about which does not name it; none when in doubt.

    An outage report is at its cell at once, so it is the one sent last. An alert first waits for the hub to start: which of
    two waits, or whether an answer was lost, the records do not say.
    """
    after = NAMELESS.get((row["what"], row["detail"] if row["what"] == "message lost" else ""), ())
    if not after or row["request"] > 0:
        return None
    possible = [way for way in home if _can_be_about(row, way, after)]
    if possible and possible[-1].kind == OUTAGE:
        return possible[-1]
    possible = [way for way in possible if way.kind != OUTAGE]
    return possible[0] if len(possible) == 1 and possible[0].kind == ALERT else None


def _can_be_about(row: Row, way: Way, after: tuple[str, ...]) -> bool:
    last = way.last
    waits_twice = row["what"] == WAITED and way.rows[-1]["what"] == WAITED
    return last["what"] in after and row["device"] in (0, last["device"]) and not waits_twice
