"""Traces: what VCD and Perfetto show is what the records say."""

from __future__ import annotations

import io
import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from conftest import Meterbed
from vcd.reader import TokenKind, tokenize

import meterbed as mb
from meterbed.reports.lanes import LANES
from meterbed.traces.choice import choose
from meterbed.traces.states import of_home, store_ends
from meterbed.traces.ways import ASIDE

OUTAGES = """\
timeline:
  - {at: start + 2 h, do: power off, target: street}
  - {at: start + 2 h + 10 min, do: power on, target: street}
  - {at: start + 3 h, do: power off, target: street}
  - {at: start + 3 h + 1 min, do: power on, target: street}
  - {at: start + 4 h, do: outage, what: Central, lasts: 5 min}
"""
MINUTE = 60_000_000
HOUR = 60 * MINUTE


@pytest.fixture(scope="module")
def run(small: Path, tmp_path_factory: pytest.TempPathFactory) -> mb.Run:
    """Twenty homes, read once, then dark twice, then without WAN."""
    folder = tmp_path_factory.mktemp("traces")
    story = folder / "story.yaml"
    text = small.read_text().replace("timeline:\n", OUTAGES)
    story.write_text(text.replace("{wan loss: 0 %}", "{wan loss: 0 %, hub hold-up: 5 min}"))
    return mb.Scenario(story, repeat=2).run(folder / "run", workers=1)


def read_vcd(path: Path) -> dict[str, list[tuple[int, str]]]:
    """Changes of each signal by its path, in minutes."""
    names: dict[str, str] = {}
    scopes: list[str] = []
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    time = 0
    for token in tokenize(io.BytesIO(path.read_bytes())):
        if token.kind is TokenKind.SCOPE:
            scopes.append(token.scope.ident)
        elif token.kind is TokenKind.UPSCOPE:
            scopes.pop()
        elif token.kind is TokenKind.VAR:
            names[token.var.id_code] = ".".join([*scopes, token.var.reference])
        elif token.kind is TokenKind.TIMESCALE:
            assert (str(token.timescale.magnitude), token.timescale.unit.value) == ("1", "us")
        elif token.kind is TokenKind.CHANGE_TIME:
            assert token.time_change >= time
            time = token.time_change
        elif token.kind is TokenKind.CHANGE_SCALAR:
            found[names[token.scalar_change.id_code]].append((time // MINUTE, token.scalar_change.value))
        elif token.kind is TokenKind.CHANGE_STRING:
            found[names[token.string_change.id_code]].append((time // MINUTE, token.string_change.value))
    assert set(found) == set(names.values())
    assert time == 48 * HOUR
    return found


def test_vcd_shows_supply_hub_and_network(run: mb.Run, tmp_path: Path) -> None:
    run.trace(vcd=tmp_path / "states.vcd", homes=[0, 3])
    signals = read_vcd(tmp_path / "states.vcd")
    assert sorted(signals) == [
        *("home_0.hub", "home_0.mains", "home_3.hub", "home_3.mains", "network.DCC", "network.WAN_Central")
    ]
    assert signals["home_3.mains"] == [(0, "1"), (120, "0"), (130, "1"), (180, "0"), (181, "1")]
    dark = [(time, state) for time, state in signals["home_3.hub"] if state == "dark"]
    assert dark == [(127, "dark")]  # hold-up of 420 s
    assert signals["home_3.hub"][0] == (0, "mains")
    assert [state for _, state in signals["home_3.hub"]][1:4] == ["store", "dark", "mains"]
    assert signals["network.WAN_Central"] == [(0, "1"), (240, "0"), (245, "1")]
    assert signals["network.DCC"] == [(0, "1")]


def test_a_variant_has_its_own_hold_up(run: mb.Run, tmp_path: Path) -> None:
    run.trace(vcd=tmp_path / "states.vcd", homes=[0], variant="no loss", repeat=1)
    hub = read_vcd(tmp_path / "states.vcd")["home_0.hub"]
    assert [time for time, state in hub if state == "dark"] == [125]


def test_a_meter_that_is_told_to_disable_supply_shows_it(small: Path, tmp_path: Path) -> None:
    """7.2 is critical: its way goes through the Pre-Command too."""
    step = '  - {at: start + 1 h, do: request, service: "7.2", by: supplier-a, target: street}\n'
    (tmp_path / "story.yaml").write_text(small.read_text().replace("timeline:\n", "timeline:\n" + step))
    run = mb.Scenario(tmp_path / "story.yaml", set={"population.street.premises": 2}, repeat=1).run(workers=1)
    run.trace(vcd=tmp_path / "states.vcd", perfetto=tmp_path / "messages.json", homes=[1])
    signals = read_vcd(tmp_path / "states.vcd")
    (meter,) = [name for name in signals if name.startswith("home_1.meter_supply_")]
    assert signals[meter] == [(0, "unknown"), (60, "Disabled")]
    events = read_json(tmp_path / "messages.json")
    way = [event["name"] for event in events if event["ph"] == "X" and event["args"].get("service") == "7.2"]
    assert way[:3] == ["7.2 request sent", "7.2 pre-command returned", "7.2 pre-command signed"]


def test_vcd_depends_on_the_records_only(run: mb.Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run.trace(vcd=tmp_path / name, perfetto=tmp_path / f"{name}.json")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_the_records_of_a_hub_go_before_those_of_its_meter(run: mb.Run) -> None:
    """A cut by firmware leaves the hub without power and the meter with it; a fleet tells of hubs only."""
    chosen = choose(run.folder, None, 0, [0])

    def states(*records: tuple[int, str, str]) -> dict[str, list[tuple[int, int | str]]]:
        rows = [
            {"time": chosen.start + time * MINUTE, "what": what, "detail": detail, "code": "", "device": 1}
            for time, what, detail in records
        ]
        found: dict[str, list[tuple[int, int | str]]] = {"mains": [], "hub": []}
        for time, signal, value in sorted(of_home(chosen, 0, rows)[1], key=lambda event: event[0]):
            found[signal.name].append((time // MINUTE, value))
        return found

    firmware = states((1, "mains lost", "firmware"), (3, "mains restored", "firmware"))
    assert firmware == {"mains": [], "hub": [(1, "store"), (3, "mains")]}
    fleet = states((1, "mains lost", "network"), (9, "mains restored", "network"))
    assert fleet == {"mains": [(1, 0), (9, 1)], "hub": [(1, "store"), (8, "dark"), (9, "mains")]}
    bench = states(
        (1, "mains lost", "network"),
        (1, "supply lost", ""),
        (9, "mains restored", "network"),
        (10, "supply restored", ""),
    )
    assert bench == {"mains": [(1, 0), (10, 1)], "hub": [(1, "store"), (8, "dark"), (9, "mains")]}


def test_the_store_of_a_hub_runs_down_and_charges_as_in_the_core() -> None:
    """Hold-up 400, recharge 800: as devices/hub_supply.cpp."""

    def dark(*changes: tuple[int, str], end: int = 10_000, recharge: int = 800) -> list[int]:
        return list(store_ends(changes, 400, recharge, end))

    assert dark((1000, "store"), (1399, "mains")) == []
    assert dark((1000, "store"), (1400, "mains")) == [1400]
    assert dark((1000, "store")) == [1400]
    assert dark((1000, "store"), end=1300) == []
    # 300 used, 200 s of mains give 100 back: 200 are left.
    assert dark((1000, "store"), (1300, "mains"), (1500, "store"), (1800, "mains")) == [1700]
    assert dark((1000, "store"), (1300, "mains"), (2200, "store"), (2599, "mains")) == []
    assert dark((1000, "store"), (2000, "mains"), (2000, "store"), recharge=0) == [1400, 2400]


def read_json(path: Path) -> list[dict[str, Any]]:
    """The events, checked against the rules of the format."""
    document = json.loads(path.read_text())
    events: list[dict[str, Any]] = document["traceEvents"]
    threads = {(event["pid"], event["tid"]) for event in events if event["name"] == "thread_name"}
    last = 0
    for event in events:
        if event["ph"] == "M":
            assert "name" in event["args"] or "sort_index" in event["args"]
            continue
        assert (event["pid"], event["tid"]) in threads
        assert isinstance(event["ts"], int)
        assert event["ts"] >= last
        last = event["ts"]
        assert {"X": "dur", "i": "s", "s": "id", "t": "id", "f": "id"}[event["ph"]] in event
        assert event.get("dur", 0) >= 0
    return events


def tracks(events: list[dict[str, Any]], what: str, key: str) -> dict[Any, str]:
    return {event[key]: event["args"]["name"] for event in events if event["name"] == what}


def test_slices_are_the_way_of_each_message(run: mb.Run, tmp_path: Path) -> None:
    run.trace(perfetto=tmp_path / "messages.json", homes=[7])
    events = read_json(tmp_path / "messages.json")
    processes = tracks(events, "process_name", "pid")
    assert {"users", "DCC", "WAN Central", "homes Central"} <= set(processes.values())
    assert "home 7" in tracks(events, "thread_name", "tid").values()
    slices = [event for event in events if event["ph"] == "X" and "request" in event["args"]]
    assert [(event["name"], processes[event["pid"]]) for event in slices] == [
        ("4.10 request sent", "DCC"),
        ("4.10 command sent", "WAN Central"),
        ("command delivered", "homes Central"),
        ("command executed", "homes Central"),
        ("response sent", "WAN Central"),
        ("4.10 response received", "users"),
        ("4.10 request completed I0", "users"),
    ]
    assert all(first["ts"] + first["dur"] == then["ts"] for first, then in itertools.pairwise(slices))
    records = run.records.to_pandas()
    mine = records[(records["variant"] == "as-is") & (records["repeat"] == 0) & (records["home"] == 7)]
    seconds = mine[mine["what"] == "request completed"]["value"].iloc[0]
    assert sum(event["dur"] for event in slices) == round(seconds * 1e6)


def test_every_message_of_the_records_is_there_and_slices_nest(run: mb.Run, tmp_path: Path) -> None:
    run.trace(perfetto=tmp_path / "messages.json", variant="no loss", repeat=1)
    events = read_json(tmp_path / "messages.json")
    records = run.records.to_pandas()
    mine = records[(records["variant"] == "no loss") & (records["repeat"] == 1)]
    shown = mine[(mine["request"] > 0) & mine["what"].isin(set(LANES) - ASIDE)]
    slices = [event for event in events if event["ph"] == "X"]
    assert sum("request" in event["args"] for event in slices) == len(shown) > 100
    busy: dict[tuple[int, int], int] = {}
    for event in slices:
        track = event["pid"], event["tid"]
        assert event["ts"] >= busy.get(track, 0)
        busy[track] = event["ts"] + event["dur"]
    flows: dict[tuple[str, int], str] = defaultdict(str)
    for event in events:
        if event["ph"] in "stf":
            flows[event["cat"], event["id"]] += event["ph"]
    assert sum(kind == "request" for kind, _ in flows) == mine[mine["request"] > 0]["request"].nunique()
    assert all(flow == "s" + "t" * (len(flow) - 2) + "f" for flow in flows.values())


def test_alerts_have_the_words_of_their_codes_and_are_marks_at_their_home(run: mb.Run, tmp_path: Path) -> None:
    run.trace(perfetto=tmp_path / "messages.json", homes=[7])
    events = read_json(tmp_path / "messages.json")
    marks = [event for event in events if event["ph"] == "i"]
    names = {event["name"] for event in marks}
    assert "alert sent 8F36 (supply restored after three minutes or more)" in names
    received = "alert received 8F35 (supply restored after less than three minutes)"
    assert received in {event["name"] for event in events if event["ph"] == "X"}
    assert received not in names  # the slice lies where the mark would
    lost = [event["ts"] // MINUTE for event in marks if event["name"] == "supply lost"]
    assert lost == [120, 180]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "give --vcd FILE, --perfetto FILE or both"),
        (["--vcd", "x.vcd", "--variant", "to-be"], "has no variant 'to-be'; it has as-is, no loss"),
        (["--vcd", "x.vcd", "--repeat", "2"], "has no repeat 2; it has 0..1"),
        (["--vcd", "x.vcd", "--homes", "3,20..22"], "the records know no home 20..22; there are 0..19"),
        (["--vcd", "x.vcd", "--homes", "three"], "write for example 1,5,7..9"),
        (["--vcd", "missing/x.vcd"], "No such file or directory"),
    ],
)
def test_bad_input_leaves_with_2_and_a_sentence(
    meterbed: Meterbed, run: mb.Run, tmp_path: Path, words: list[str], sentence: str
) -> None:
    done = meterbed("trace", run.folder, *words)
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_run_and_one_without_records_are_refused(run: mb.Run, tmp_path: Path) -> None:
    empty = mb.Run(run.folder)
    empty.folder = tmp_path
    with pytest.raises(mb.RunFolderError):
        empty.trace(vcd=tmp_path / "x.vcd")
    with pytest.raises(mb.MeterbedError, match="nothing to write"):
        run.trace()


def test_more_homes_than_a_viewer_shows_are_refused(
    run: mb.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meterbed.traces.choice.MOST_HOMES", 10)
    with pytest.raises(mb.MeterbedError, match="20 homes are too many for a trace"):
        run.trace(vcd=tmp_path / "x.vcd")
    run.trace(vcd=tmp_path / "x.vcd", homes=range(10))


def test_the_command_writes_both(meterbed: Meterbed, run: mb.Run, tmp_path: Path) -> None:
    done = meterbed("trace", run.folder, "--homes", "1,3..4", "--vcd", "states.vcd", "--perfetto", "messages.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["states.vcd", "messages.json"]
    assert {name.split(".")[0] for name in read_vcd(tmp_path / "states.vcd")} == {
        "home_1",
        "home_3",
        "home_4",
        "network",
    }
