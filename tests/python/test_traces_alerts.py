"""Traces: the ways of outage reports and alerts, and what waits for the radio."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_traces import read_json, tracks

import meterbed as mb
from meterbed.traces.choice import Row
from meterbed.traces.ways import ALERT, OUTAGE, REQUEST, Way, ways

# All hubs report at once, to cells that carry one message a second and lose some.
STORY = """\
title:    A street goes dark
question: How do its hubs tell?
source:   a test
run: {seed: 5, start: 2020-03-02 06:00, length: 1 day, repeat: 1}
compare:
  as-is: {hub alert delay: 0 s, cell capacity cellular: assume 1, outage alert delivery central: assume 60 %,
          wan loss: assume 20 %}
population:
  street: {premises: 100, region: Central, supplier: supplier-a, network operator: east-midlands, GSP group: _B,
           MPxN unknown share: assume 20 %}
timeline:
  - {at: start + 2 h, do: power off, target: street}
  - {at: start + 2 h + 10 min, do: power on, target: street}
expect: {false outage alerts: 0}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> mb.Run:
    folder = tmp_path_factory.mktemp("traces")
    (folder / "story.yaml").write_text(STORY)
    return mb.Scenario(folder / "story.yaml").run(folder / "run", workers=1)


@pytest.fixture(scope="module")
def events(run: mb.Run, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = tmp_path_factory.mktemp("traces") / "messages.json"
    run.trace(perfetto=path)
    return read_json(path)


def named(events: list[dict[str, Any]], what: str) -> list[dict[str, Any]]:
    """Slices of records of this kind."""
    return [event for event in events if event["ph"] == "X" and event["name"].startswith(what)]


def arrows(events: list[dict[str, Any]]) -> dict[tuple[str, int], list[str]]:
    """What each arrow joins: a slice begins where it touches, on the same track."""
    slices = {(event["pid"], event["tid"], event["ts"]): event["name"] for event in events if event["ph"] == "X"}
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for event in events:
        if event["ph"] in "stf":
            found[event["cat"], event["id"]].append(slices[event["pid"], event["tid"], event["ts"]])
    return found


def test_an_outage_report_and_an_alert_are_drawn_where_they_are(run: mb.Run, tmp_path: Path) -> None:
    outages = run.outages.to_pandas()
    whole = outages[["informed_at", "restoration_informed"]].notna().all(axis=1)
    outage = outages[(outages["attempts"] == 1) & whole].iloc[-1]  # not the first in its cell
    run.trace(perfetto=tmp_path / "messages.json", homes=[outage["home"]])
    events = read_json(tmp_path / "messages.json")
    processes, threads = (tracks(events, f"{kind}_name", key) for kind, key in (("process", "pid"), ("thread", "tid")))
    slices = [event for event in events if event["ph"] == "X"]
    restored = "8F36 (supply restored after three minutes or more)"
    assert [(event["name"], processes[event["pid"]], threads[event["tid"]]) for event in slices] == [
        ("power outage reported", "WAN Central", "WAN Central"),
        ("waited for radio", "WAN Central", "cell 0"),
        ("power outage received", "DCC", "DCC"),
        ("DCC alert AD1 (power outage)", "users", "4D-42-00-00-00-01-00-00"),
        ("DCC alert AD1 (power outage)", "users", "4D-42-00-00-00-01-00-01"),
        (f"alert sent {restored}", "WAN Central", "WAN Central"),
        ("waited for radio", "WAN Central", "cell 0"),
        (f"alert received {restored}", "users", "4D-42-00-00-00-01-00-01"),
    ]

    def since(column: str) -> int:
        return round((outage[column] - pd.Timestamp("2020-03-02 06:00", tz="UTC")) / pd.Timedelta("1us"))

    spans = [(event["ts"], event["ts"] + event["dur"]) for event in slices if event["name"] != "waited for radio"]
    assert spans == [
        (since("sent_at"), since("received_at")),
        (since("received_at"), since("informed_at")),
        *[(since("informed_at"), since("informed_at"))] * 2,
        (since("restoration_sent"), since("restoration_informed")),
        (since("restoration_informed"), since("restoration_informed")),
    ]
    marks = [event["name"] for event in events if event["ph"] == "i" and threads[event["tid"]].startswith("home ")]
    assert "power outage reported" in marks
    assert f"alert sent {restored}" in marks


def test_every_record_of_an_outage_report_or_an_alert_is_a_slice(run: mb.Run, events: list[dict[str, Any]]) -> None:
    records = Counter(run.records.to_pandas()["what"])
    shown = {
        *("power outage reported", "power outage received", "power outage not reported", "DCC alert", "alert withheld"),
        *("alert sent", "alert received", "message lost", "waited for radio"),
    }
    assert all(records[what] for what in shown)
    assert {what: len(named(events, what)) for what in shown} == {what: records[what] for what in shown}


def test_what_waits_for_the_radio_is_on_the_track_of_its_cell(run: mb.Run, events: list[dict[str, Any]]) -> None:
    threads = tracks(events, "thread_name", "tid")
    waits = named(events, "waited for radio")
    records = run.records.to_pandas()
    seconds = records[records["what"] == "waited for radio"]["value"]
    assert sorted(event["dur"] for event in waits) == sorted(round(value * 1e6) for value in seconds)
    assert {threads[event["tid"]].partition(" (")[0] for event in waits} == {"cell 0"}
    assert {event["args"]["home"] for event in waits} <= set(range(100))
    begin = min(event["ts"] for event in waits)
    queue = [event for event in waits if event["ts"] == begin]
    assert len({event["tid"] for event in queue}) == len(queue) == 99  # a hundred hubs at once, the first has its turn


def test_arrows_lead_through_the_cell_to_each_user(events: list[dict[str, Any]]) -> None:
    joined = Counter(
        (kind, *(name.partition(" 8F36")[0] for name in names)) for (kind, _), names in arrows(events).items()
    )
    ad1 = "DCC alert AD1 (power outage)"
    assert joined[ALERT, "alert sent", "waited for radio", "alert received"] > 1
    assert joined[ALERT, "alert sent", "waited for radio", "message lost answer"] > 1
    assert sum(number for names, number in joined.items() if names[0] == ALERT) == 100
    assert joined[OUTAGE, "power outage reported", "waited for radio", "power outage received", ad1] > 1
    # To the other user: the DCC tells both.
    assert joined[OUTAGE, "power outage received", ad1] == len(named(events, ad1)) / 2
    assert all(names.count(ad1) <= 1 for names in joined)
    assert any(names[-1] == "alert withheld AD1 (power outage)" for names in joined)


def test_after_a_loss_the_hub_tries_again(events: list[dict[str, Any]]) -> None:
    lost = named(events, "message lost power outage event")
    next_at = {
        (event["args"]["home"], event["ts"])
        for event in events
        if event["name"] in ("power outage reported", "power outage not reported hub without power")
    }
    assert len(lost) > 100
    assert all((event["args"]["home"], event["ts"] + event["dur"]) in next_at for event in lost)
    assert min(event["dur"] for event in lost) >= 60_000_000
    processes = tracks(events, "process_name", "pid")
    assert {processes[event["pid"]] for event in lost} == {"WAN Central"}  # not at the DCC, which knows nothing of it


def record(what: str, **columns: object) -> Row:
    """Of home 1; time counts from 0 in the order of the list."""
    return {
        **{"what": what, "home": 1, "device": 0, "party": 0, "request": 0, "counter": 0, "code": "", "detail": ""},
        **columns,
    }


def told(*rows: Row) -> list[tuple[str, list[str]]]:
    return [(way.kind, [row["what"] for row in way.rows]) for way in ways(rows)]


def sent(counter: int, device: int = 7) -> Row:
    return record("alert sent", device=device, party=9, counter=counter)


LOST = record("message lost", detail="answer", code="radio")
WAITED = record("waited for radio", counter=3)


def test_a_record_that_names_no_message_goes_to_the_one_under_way() -> None:
    assert told(sent(1), WAITED, LOST) == [(ALERT, ["alert sent", "waited for radio", "message lost"])]
    assert told(sent(1), LOST, sent(2), LOST) == [(ALERT, ["alert sent", "message lost"])] * 2
    withheld = record("alert withheld", device=7, detail="8F36", code="alert storm")
    assert told(sent(1), sent(1, device=8), withheld) == [
        (ALERT, ["alert sent", "alert withheld"]),
        (ALERT, ["alert sent"]),
    ]
    undeliverable = record("alert undeliverable", device=7)
    assert told(sent(1), undeliverable) == [(ALERT, ["alert sent", "alert undeliverable"])]


def test_what_may_be_of_two_messages_is_of_none() -> None:
    """A wait is a way by itself, and a loss a mark."""
    alone = [(ALERT, ["alert sent"])] * 2
    assert told(sent(1), sent(2), LOST) == alone
    assert told(sent(1), sent(2), WAITED) == [*alone, (ALERT, ["waited for radio"])]
    response = record("response sent", request=5)
    assert told(response, sent(1), LOST) == [(REQUEST, ["response sent"]), alone[0]]
    assert told(response, LOST) == [(REQUEST, ["response sent"])]
    assert told(record("command sent", request=5), sent(1), LOST)[1] == (ALERT, ["alert sent", "message lost"])


def test_an_outage_report_is_at_its_cell_at_once() -> None:
    """Whatever else is under way, the record of the cell that follows is of the report; the one after, of the alert."""
    reported = record("power outage reported", counter=2)
    lost = record("message lost", detail="power outage event", code="radio")
    received = record("power outage received", counter=2)
    assert told(sent(1), reported, WAITED, received) == [
        (ALERT, ["alert sent"]),
        (OUTAGE, ["power outage reported", "waited for radio", "power outage received"]),
    ]
    assert told(reported, sent(1), WAITED, received) == [
        (OUTAGE, ["power outage reported", "power outage received"]),
        (ALERT, ["alert sent", "waited for radio"]),
    ]
    assert told(reported, WAITED, lost, reported, WAITED, lost)[0][1][3:] == [
        *("power outage reported", "waited for radio", "message lost")
    ]


def test_each_loss_of_a_hub_has_its_own_way_and_those_without_a_report_have_none() -> None:
    early, late = (record("power outage not reported", counter=loss, code="power back") for loss in (1, 2))
    reported = record("power outage reported", counter=2)
    assert [way.is_lone_record for way in ways([early, reported, late])] == [True, False]
    assert not ways([WAITED])[0].is_lone_record
    assert ways([record("DCC alert", code="N13")]) == []
    assert ways([record("request sent", request=1, home=-1)]) == []


def test_the_dcc_tells_each_user_by_itself() -> None:
    rows = [record(what, counter=1) for what in ("power outage received", "DCC alert", "DCC alert")]
    assert Way(OUTAGE, rows).branches() == [[0, 1], [0, 2]]
    assert Way(OUTAGE, rows[:2]).branches() == [[0, 1]]
