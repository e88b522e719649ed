"""What happened to one home, as arrows between lanes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from .folder import RunFolder
from .lanes import LANES, NETWORK_LANES
from .words import meaning

LIMIT = 40  # arrows


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
    """The first `LIMIT` arrows of the home's records, in the order in which things happened."""
    rows: list[Any] = run.records.of_home(variant, repeat, home).to_dict("records")
    senders = {row["request"]: row["party"] for row in rows if row["what"] == "request sent"}
    arrows: list[Arrow] = []
    step = ""
    user = next(iter(senders.values()), 0)
    for row, following in zip(rows, [*rows[1:], {}], strict=True):
        if row["what"] not in LANES or _told_by_its_neighbour(row, following):
            continue
        if row["step"] and row["step"] != step:
            step = row["step"]
            arrows.append(Arrow(_time(row), "all", "all", f"Step “{step}”", "step"))
        told_to_party = row["request"] == 0 or row["what"] == "request sent"
        user = senders.get(row["request"], row["party"] if told_to_party and row["party"] else user)
        arrows.append(_arrow(run, row, user))
    shown = arrows[:LIMIT]
    return Story(variant, _lanes(run, shown), shown, len(arrows) - len(shown))


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
    attempt = int(row["value"]) if row["what"] == "command sent" and row["value"] == row["value"] else 1
    gate = row["detail"] if row["what"] == "request refused" else ""
    words = {
        "service": row["service"],
        "code": row["code"],
        "detail": row["detail"],
        "party": run.parties.name(int(row["party"])),
        "why": meaning(row["code"], gate) or ("" if row["what"] == "request refused" else row["code"]),
        "attempt": f", attempt {attempt}" if attempt > 1 else "",
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
