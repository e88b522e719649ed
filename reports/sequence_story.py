"""What happened to one home, as arrows between lanes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

import pandas as pd

from .folder import RunFolder
from .formatting import duration, plural
from .lanes import LANES, NETWORK_LANES
from .words import meaning

LIMIT = 40  # arrows and notes, banners apart
ENDING = 12  # of those for the end of the story, when it is longer
# Attempts after the first are told in one arrow when none of them was answered.
NUMBERED = {"command sent", "tried again", "power outage reported"}  # `value` is the number of the attempt
ATTEMPTED = {"command sent", "command delivered", "command dropped", "instruction sent", "message lost"}


@dataclass(frozen=True)
class Arrow:
    """From lane to lane; the same lane twice is a note, 'all' a banner."""

    time: datetime
    source: str
    target: str
    label: str
    look: str


@dataclass(frozen=True)
class Story:
    """Of one home in one variant. lanes: key -> (name, explanation), left to right; cut: arrows left out."""

    variant: str
    lanes: dict[str, tuple[str, str]]
    arrows: list[Arrow]
    cut: int


def tell(run: RunFolder, variant: str, repeat: int, home: int) -> Story:
    """The home's records as arrows, in the order in which things happened, without the middle when it is too long."""
    rows: list[Any] = run.records.of_home(variant, repeat, home).to_dict("records")
    senders = {row["request"]: row["party"] for row in rows if row["what"] == "request sent"}
    arrows: list[Arrow] = []
    step = ""
    user = next(iter(senders.values()), 0)
    rows = _once(rows)
    ended: dict[str, Any] = {}
    for row, following in zip_longest(rows, rows[1:], fillvalue=ended):
        if row["what"] not in LANES or _told_by_its_neighbour(row, following):
            continue
        if row["step"] and row["step"] != step:
            step = row["step"]
            arrows.append(Arrow(_time(row), "all", "all", f"Step “{step}”", "step"))
        told_to_party = row["request"] == 0 or row["what"] == "request sent"
        user = senders.get(row["request"], row["party"] if told_to_party and row["party"] else user)
        arrow = _arrow(run, row, user)
        note = arrow.source == arrow.target and arrow.source != "all"
        if not (note and arrows and (arrow.label, arrow.look) == (arrows[-1].label, arrows[-1].look)):  # of two cells
            arrows.append(arrow)
    shown, left_out = _cut(arrows)
    return Story(variant, _lanes(run, shown), shown, left_out)


def _cut(arrows: list[Arrow]) -> tuple[list[Arrow], int]:
    """Beginning and end of a story that is too long, and how much the middle had."""
    told = [i for i, arrow in enumerate(arrows) if arrow.source != "all"]
    left_out = len(told) - LIMIT
    if left_out <= 0:
        return arrows, 0
    head, tail = arrows[: told[LIMIT - ENDING]], arrows[told[-ENDING] :]
    gap = Arrow(tail[0].time, "all", "all", f"{plural(left_out, 'arrow')} left out here", "plain")
    return [*head, gap, *tail], left_out


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without further attempts that were in vain (one row tells of all of them), repeated alerts and the starting state."""
    in_vain = {row["request"] for row in rows if row["what"] == "request timed out"}
    attempts: Counter[int] = Counter()
    last = {row["request"]: int(row["value"]) for row in rows if row["what"] in ("command sent", "instruction sent")}
    alerts: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        number = row["request"]
        if row["what"] in ("command sent", "instruction sent"):
            attempts[number] += 1
            if number in in_vain and attempts[number] == 2:
                kept.append({**row, "what": "tried again", "value": last[number] - 1})
        alert = (row["what"], row["detail"], row["code"], row["party"], row["step"])
        again = row["what"] in ("alert sent", "alert received", "DCC alert") and alert in alerts
        alerts.add(alert)
        later = number in in_vain and attempts[number] > 1 and row["what"] in ATTEMPTED
        if not (later or again or (row["what"] == "holder recorded" and number == 0)):
            kept.append(row)
    return kept


def _told_by_its_neighbour(row: dict[str, Any], following: dict[str, Any]) -> bool:
    """A completion that only repeats a refusal or a response; a delivery that the meter refuses; a named repair's begin."""
    if row["what"] == "request completed":
        return bool(row["code"] != "I0" or not row["detail"])
    if row["what"] == "repair begun":
        return bool(row["step"])  # the banner of the step says so
    same = row["request"] == following.get("request")
    return bool(row["what"] == "command delivered" and same and following.get("what") == "command dropped")


def _arrow(run: RunFolder, row: dict[str, Any], user: int) -> Arrow:
    lane = LANES[row["what"]]
    station = row["station"] if row["station"] in NETWORK_LANES else "DCC"
    places = {"user": f"user {user}", "station": station}
    attempt = int(row["value"]) if row["what"] in NUMBERED else 1
    gate = row["detail"] if row["what"] == "request refused" else ""
    words = {
        "service": row["service"],
        "code": row["code"],
        "detail": row["detail"],
        "party": run.parties.name(int(row["party"])),
        "why": meaning(row["code"], gate) or ("" if row["what"] == "request refused" else row["code"]),
        "attempt": f", attempt {attempt}" if attempt > 1 else "",
        "more": plural(attempt, "more attempt"),
        "seconds": duration(float(row["value"])),
    }
    if words["why"] and len(words["code"]) > 8:  # a code in words needs no second wording
        words["code"] = ""
    label = " ".join(lane.label.format_map(words).split()).rstrip(": ")
    look = lane.look
    if row["what"] == "certificate chosen" and row["detail"] == "wrong":
        look = "warn"
    return Arrow(_time(row), places.get(lane.source, lane.source), places.get(lane.target, lane.target), label, look)


def _time(row: dict[str, Any]) -> datetime:
    stamp: datetime = pd.Timestamp(row["time"]).to_pydatetime(warn=False)
    return stamp


def _lanes(run: RunFolder, arrows: list[Arrow]) -> dict[str, tuple[str, str]]:
    used = [place for arrow in arrows for place in (arrow.source, arrow.target)]
    lanes: dict[str, tuple[str, str]] = {}
    for place in dict.fromkeys(used):
        if place.startswith("user "):
            number = int(place.removeprefix("user "))
            lanes[place] = (run.parties.name(number) if number else "user", run.parties.role(number))
    for name, explanation in NETWORK_LANES.items():
        if name in used or name in ("DCC", "meter"):
            lanes[name] = ("WAN, hub" if name == "hub" else name, "" if name == "hub" else explanation)
    return lanes
