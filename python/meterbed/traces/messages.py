"""Messages as Chrome trace events (the JSON that Perfetto and chrome://tracing open).

A leg of a message lasts from one record of its way (ways.py) to the next; it is drawn where the message is meanwhile, as
the message sequence of the report has it (LANES). What waits for the radio is drawn at its cell besides.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meterbed import _core
from meterbed.reports.lanes import LANES
from meterbed.reports.words import ALERTS, meaning
from meterbed.traces.choice import Choice, Row
from meterbed.traces.ways import ASIDE, REQUEST, WAITED, Way, ways

# Lane of the message sequence -> process of the trace; the WAN and the homes are one a region.
PROCESSES = {"user": "users", "DCC": "DCC", "S1SP": "S1SP", "DCO": "DCO", "hub": "WAN", "meter": "homes"}
# Records of no request that are worth a mark.
MARKS = {
    *("alert sent", "alert received", "alert undeliverable", "alert withheld", "DCC alert"),
    *("supply lost", "supply restored", "supply state", "mains lost", "mains restored", "power cut"),
    *("power outage reported", "power outage received", "power outage not reported"),
    *("outage begun", "outage ended", "registration changed", "message lost"),
    *("repair begun", "repair tried", "repaired", "repair failed"),
}
SHOWN = ("service", "code", "detail", "step", "home", "message", "counter", "bytes", "value")
# Processes from top to bottom.
ORDER = ("users", "DCC", "S1SP", "DCO", "WAN", "homes")

Event = dict[str, Any]
Track = tuple[str, str]  # process and thread
Arrow = tuple[str, int]


@dataclass
class Tracks:
    """Numbers for tracks. What overlaps on a track goes to a further one of the same name: slices must nest."""

    processes: dict[str, int] = field(default_factory=dict)
    threads: dict[tuple[Track, int], int] = field(default_factory=dict)
    _ends: dict[Track, list[int]] = field(default_factory=dict)

    def place(self, track: Track, begin: int, end: int) -> tuple[int, int]:
        """Process and thread of a slice; slices come in the order of their beginnings."""
        ends = self._ends.setdefault(track, [])
        free = next((number for number, busy in enumerate(ends) if busy <= begin), len(ends))
        ends[free : free + 1] = [end]
        return self._number(track, free)

    def mark(self, track: Track) -> tuple[int, int]:
        """Of an instant."""
        return self._number(track, 0)

    def _number(self, track: Track, lane: int) -> tuple[int, int]:
        process = self.processes.setdefault(track[0], len(self.processes) + 1)
        return process, self.threads.setdefault((track, lane), len(self.threads) + 1)

    def names(self) -> Iterator[Event]:
        """Metadata events: names and order."""
        for name, pid in self.processes.items():
            yield {"ph": "M", "name": "process_name", "pid": pid, "tid": 0, "args": {"name": name}}
            place = ORDER.index(name.split()[0]) if name.split()[0] in ORDER else len(ORDER)
            yield {"ph": "M", "name": "process_sort_index", "pid": pid, "tid": 0, "args": {"sort_index": place}}
        ordered = sorted(self.threads, key=lambda item: (item[0][0], len(item[0][1]), item[0][1], item[1]))
        for place, (track, lane) in enumerate(ordered):
            pid, tid = self.processes[track[0]], self.threads[track, lane]
            name = track[1] if lane == 0 else f"{track[1]} ({lane + 1})"
            yield {"ph": "M", "name": "thread_name", "pid": pid, "tid": tid, "args": {"name": name}}
            yield {"ph": "M", "name": "thread_sort_index", "pid": pid, "tid": tid, "args": {"sort_index": place}}


@dataclass(frozen=True)
class Leg:
    """Of a message: from this record to the next one of its way, which is of this kind.

    end: microseconds since the start of the run.
    arrows: phase (s, t or f: the first, a further, the last leg of an arrow) and number; none when nothing is to join.
    """

    row: Row
    kind: str
    track: Track
    end: int
    arrows: tuple[Arrow, ...]


def write_perfetto(choice: Choice, path: Path) -> None:
    """Events in the order of time; `ts` counts microseconds since the start of the run."""
    tracks = Tracks()
    events: list[Event] = []
    places = _Places(choice)
    told: set[int] = set()  # rows whose writer has a slice of them on its own track
    for leg in sorted(legs(choice, places), key=lambda leg: _time(choice, leg.row)):
        events += _slice(choice, leg, tracks)
        if leg.track == places.of_writer(leg.row):
            told.add(id(leg.row))
    marked = [row for row in choice.rows if _is_mark(row) and id(row) not in told]
    events += [_mark(choice, row, tracks.mark(places.of_writer(row))) for row in marked]
    events.sort(key=lambda event: event["ts"])
    document = {
        "traceEvents": [*tracks.names(), *events],
        "displayTimeUnit": "ms",
        "otherData": {"title": choice.title, "version": _core.__version__},
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=0, allow_nan=False), encoding="utf-8")


def legs(choice: Choice, places: _Places) -> Iterator[Leg]:
    """Of all requests, outage reports and alerts."""
    numbers = itertools.count(1)
    for way in ways(choice.rows):
        if way.is_lone_record:
            continue  # a mark says all
        arrows = _arrows(way, numbers)
        for number, row in enumerate(way.rows):
            yield Leg(row, way.kind, places.of_message(row), _end(choice, way, number), tuple(arrows[number]))


def _end(choice: Choice, way: Way, number: int) -> int:
    """Of the leg of this row: when the next one begins. A wait is over earlier, by its own word."""
    row = way.rows[number]
    if row["what"] == WAITED:
        return _time(choice, row) + round(float(row["value"]) * 1e6)
    further = (then for then in way.rows[number + 1 :] if then["what"] != WAITED)
    return _time(choice, next(further, row))


def _arrows(way: Way, numbers: Iterator[int]) -> list[list[Arrow]]:
    """Of each row. A request's arrow has the number of the request, others count on."""
    found: list[list[Arrow]] = [[] for _ in way.rows]
    for branch in way.branches():
        if len(branch) == 1:
            continue
        number = way.rows[0]["request"] or next(numbers)
        for place in branch:
            phase = "s" if place == branch[0] else "f" if place == branch[-1] else "t"
            found[place].append((phase, number))
    return found


class _Places:
    """Which track something belongs on."""

    def __init__(self, choice: Choice) -> None:
        self._parties = choice.run.parties
        self._regions: dict[int, str] = {}
        self._users: dict[int, int] = {}
        for row in choice.rows:
            kind, _, region = row["station"].partition(" ")
            if kind in ("WAN", "homes") and row["home"] >= 0:
                self._regions.setdefault(row["home"], region)
            if row["what"] == "request sent":
                self._users[row["request"]] = row["party"]

    def of_message(self, row: Row) -> Track:
        """Where the message is after this record. After a loss the DCC waits for an answer, the hub tries again."""
        lane = LANES[row["what"]]
        track = self._track("DCC" if lane.look == "lost" and row["request"] else lane.target, row)
        return (track[0], f"cell {row['counter']}") if row["what"] == WAITED else track

    def of_writer(self, row: Row) -> Track:
        """The station that wrote the record."""
        station: str = row["station"]
        kind = station.partition(" ")[0]
        lanes = {"users": "user", "WAN": "hub", "homes": "meter"}
        return self._track(lanes.get(kind, station), row)

    def _track(self, lane: str, row: Row) -> Track:
        writer: str = row["station"]
        process = PROCESSES.get(lane, writer)
        if process in ("WAN", "homes"):
            region = self._regions.get(row["home"]) or writer.partition(" ")[2]
            station = f"{process} {region}".strip()
            return (station, f"home {row['home']}") if process == "homes" and row["home"] >= 0 else (station, station)
        if process == "users":
            party = self._users.get(row["request"], row["party"])
            return process, self._parties.name(party) if party else process
        return process, process


def _time(choice: Choice, row: Row) -> int:
    return int(row["time"]) - choice.start


def _slice(choice: Choice, leg: Leg, tracks: Tracks) -> Iterator[Event]:
    begin = _time(choice, leg.row)
    pid, tid = tracks.place(leg.track, begin, leg.end)
    request = " ".join(filter(None, (leg.row["service"], leg.row["what"], leg.row["code"])))
    name = request if leg.kind == REQUEST else _name(leg.row)
    place = {"ts": begin, "pid": pid, "tid": tid}
    yield {"ph": "X", "name": name, "cat": "message", **place, "dur": leg.end - begin, "args": _args(leg.row)}
    for phase, number in leg.arrows:
        bind = {"bp": "e"} if phase == "f" else {}
        yield {"ph": phase, "name": leg.kind, "cat": leg.kind, "id": number, **place, **bind}


def _is_mark(row: Row) -> bool:
    return row["what"] in ASIDE if row["request"] > 0 else row["what"] in MARKS


def _mark(choice: Choice, row: Row, place: tuple[int, int]) -> Event:
    pid, tid = place
    return {
        "ph": "i",
        "name": _name(row),
        "cat": "event",
        "ts": _time(choice, row),
        "pid": pid,
        "tid": tid,
        "s": "t",
        "args": _args(row),
    }


def _name(row: Row) -> str:
    """Of a record without a service."""
    return " ".join(filter(None, (row["what"], row["detail"] or row["code"], alert_words(row))))


def alert_words(row: Mapping[str, Any]) -> str:
    """What the code of an alert means; nothing for other records."""
    if "alert" not in row["what"]:
        return ""
    code = str(row["detail"] or row["code"])
    words = ALERTS.get(code) or meaning(code)
    if not words and len(code) == 4:
        try:
            words = _core.gbcs_alert_name(int(code, 16))
        except ValueError:
            return ""
    return f"({words})" if words else ""


def _args(row: Row) -> Event:
    shown = {name: row[name] for name in SHOWN if row[name] not in ("", 0, 0.0, -1, None)}
    if row["home"] == 0:  # the first home, and not none
        shown["home"] = 0
    value = shown.get("value")
    if isinstance(value, float) and value != value:  # NaN is no JSON
        del shown["value"]
    return {"request": row["request"], **shown} if row["request"] else shown
