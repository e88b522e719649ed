"""Messages as Chrome trace events (the JSON that Perfetto and chrome://tracing open).

A leg of a message lasts from one record of its request to the next; it is drawn where the message is meanwhile, as the
message sequence of the report has it (LANES).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meterbed import _core
from meterbed.reports.lanes import LANES
from meterbed.reports.words import ALERTS, meaning
from meterbed.traces.choice import Choice, Row

# Lane of the message sequence -> process of the trace; the WAN and the homes are one a region.
PROCESSES = {"user": "users", "DCC": "DCC", "S1SP": "S1SP", "DCO": "DCO", "hub": "WAN", "meter": "homes"}
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
    """Of a message: from this record to the next one of its request."""

    row: Row
    track: Track
    end: int
    flow: str  # s, t or f: the first, a further, the last leg of its request; empty when it has only one


def write_perfetto(choice: Choice, path: Path) -> None:
    """Events in the order of time; `ts` counts microseconds since the start of the run."""
    tracks = Tracks()
    events: list[Event] = []
    places = _Places(choice)
    for leg in sorted(legs(choice, places), key=lambda leg: _time(choice, leg.row)):
        events += _slice(choice, leg, tracks)
    events += [_mark(choice, row, tracks.mark(places.of_writer(row))) for row in choice.rows if _is_mark(row)]
    events.sort(key=lambda event: event["ts"])
    document = {
        "traceEvents": [*tracks.names(), *events],
        "displayTimeUnit": "ms",
        "otherData": {"title": choice.title, "version": _core.__version__},
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=0, allow_nan=False), encoding="utf-8")


def legs(choice: Choice, places: _Places) -> Iterator[Leg]:
    """Of all requests."""
    requests: dict[int, list[Row]] = {}
    for row in choice.rows:
        if row["request"] > 0 and row["what"] in LANES and row["what"] not in ASIDE:
            requests.setdefault(row["request"], []).append(row)
    for rows in requests.values():
        if all(row["home"] < 0 for row in rows):
            continue  # of a home that is not shown
        last = len(rows) - 1
        for number, row in enumerate(rows):
            end = _time(choice, rows[min(number + 1, last)])
            flow = "" if last == 0 else "s" if number == 0 else "f" if number == last else "t"
            yield Leg(row, places.of_message(row), end, flow)


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
        """Where the message is after this record; after a loss the DCC waits for it."""
        lane = LANES[row["what"]]
        return self._track("DCC" if lane.look == "lost" else lane.target, row)

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
    name = " ".join(filter(None, (leg.row["service"], leg.row["what"], leg.row["code"])))
    place = {"ts": begin, "pid": pid, "tid": tid}
    yield {"ph": "X", "name": name, "cat": "message", **place, "dur": leg.end - begin, "args": _args(leg.row)}
    if leg.flow:
        bind = {"bp": "e"} if leg.flow == "f" else {}
        yield {"ph": leg.flow, "name": "request", "cat": "request", "id": leg.row["request"], **place, **bind}


def _is_mark(row: Row) -> bool:
    return row["what"] in ASIDE if row["request"] > 0 else row["what"] in MARKS


def _mark(choice: Choice, row: Row, place: tuple[int, int]) -> Event:
    name = " ".join(filter(None, (row["what"], row["detail"] or row["code"], alert_words(row))))
    pid, tid = place
    return {
        "ph": "i",
        "name": name,
        "cat": "event",
        "ts": _time(choice, row),
        "pid": pid,
        "tid": tid,
        "s": "t",
        "args": _args(row),
    }


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
    value = shown.get("value")
    if isinstance(value, float) and value != value:  # NaN is no JSON
        del shown["value"]
    return {"request": row["request"], **shown} if row["request"] else shown
