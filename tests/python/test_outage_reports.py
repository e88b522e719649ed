"""Outage sections against a synthetic run folder: every table is counted again, home by home and by other means."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import outages_fixture as fixture
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import reports_fixture
from reports_fixture import table

from meterbed import reports
from meterbed.reports import folder, sections, settings, words
from meterbed.reports.outage_detection import alerts_needed
from meterbed.reports.verdicts import at_least
from meterbed.vocabulary import vocabulary

Rows = list[dict[str, Any]]
HOLD = 180.0
RESTORATION = 60.0  # no variant changes it
TARGETS = {variant: 300.0 if variant == "longer target" else 60.0 for variant in fixture.VARIANTS}
END = fixture.START + fixture.LENGTH


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = fixture.write(tmp_path_factory.mktemp("outages"), homes=6_000, storm=1_500)
    reports.build(made)
    return made


@pytest.fixture(scope="module")
def rows(run: Path) -> Rows:
    """Times as seconds since the epoch, None when they did not happen."""
    out = []
    for row in pq.read_table(run / "outages.parquet").to_pylist():
        out.append({name: value.timestamp() if hasattr(value, "timestamp") else value for name, value in row.items()})
    return out


@pytest.fixture(scope="module")
def page(run: Path) -> str:
    return (run / "report.html").read_text(encoding="utf-8")


def wanted(row: dict[str, Any]) -> bool:
    dark = (row["restored_at"] or END) - row["lost_at"]
    in_reach = END - row["lost_at"] >= HOLD + TARGETS[row["variant"]] - 1e-7
    return row["cause"] == "network" and dark >= HOLD - 1e-7 and in_reach


def due(row: dict[str, Any]) -> bool:
    return wanted(row) and row["mpxn_known"]


def in_time(row: dict[str, Any]) -> bool:
    late = row["informed_at"] and row["informed_at"] - row["lost_at"] - HOLD
    return late is not None and late <= TARGETS[row["variant"]] + 1e-7


def mean_share(chosen: Rows, holds: Any) -> float:
    """Mean over the repeats that have any of the rows."""
    by_repeat = defaultdict(list)
    for row in chosen:
        by_repeat[row["repeat"]].append(holds(row))
    return statistics.fmean(statistics.fmean(map(float, found)) for found in by_repeat.values())


def size_class(size: int) -> str:
    return next((name for most, name in ((1, "1"), (100, "2 to 100"), (5_000, "101 to 5,000")) if size <= most), "")


def test_share_in_time_by_region_and_size(run: Path, rows: Rows) -> None:
    told = table(run, "outage-alerts-in-time-by-region-and-size")
    assert {row["Region"] for row in told} == {"North", "Central", "South", "all"}
    for line in told:
        chosen = [
            row
            for row in rows
            if row["variant"] == line["Variant"]
            and line["Region"] in (row["region"], "all")
            and line["Premises cut off"] in (size_class(row["size"]), "all")
            and due(row)
        ]
        assert float(line["Alerts due"]) == pytest.approx(len(chosen) / fixture.REPEATS)
        assert float(line["In time (D) (fraction)"]) == pytest.approx(mean_share(chosen, in_time))
        passed_on = [row for row in chosen if row["informed_at"]]
        share = mean_share(passed_on, lambda row: row["informed_at"] - row["received_at"] <= TARGETS[row["variant"]])
        assert float(line["In time (C) (fraction)"]) == pytest.approx(share)


def test_clocks_without_a_target_get_no_verdict(page: str) -> None:
    assert "No document sets a target for A or B, so they get no verdict." in page


def test_clocks(run: Path, rows: Rows) -> None:
    for line in table(run, "outage-alerts-by-clock"):
        begin, end = {
            "A": ("lost_at", "sent_at"), "B": ("sent_at", "received_at"), "C": ("received_at", "informed_at"),
            "D": ("lost_at", "informed_at"),
        }[line["Clock"]]  # fmt: skip
        medians = []
        for repeat in range(fixture.REPEATS):
            chosen = [row for row in rows if (row["variant"], row["repeat"]) == (line["Variant"], repeat) and due(row)]
            times = sorted(row[end] - row[begin] for row in chosen if row[begin] and row[end])
            if line["Clock"] == "D":
                times = [time - HOLD for time in times] + [math.inf] * (len(chosen) - len(times))
            medians.append(times[(len(times) + 1) // 2 - 1])
        found = float(line["Median (s)"])
        assert found == pytest.approx(statistics.fmean(medians), abs=1e-5)
    late = [line["99 % within (s)"] for line in table(run, "outage-alerts-by-clock") if line["Clock"] == "D"]
    assert set(late) == {"inf"}  # undelivered alerts are late, so that 99 % are never reached


def test_never_sent(run: Path, rows: Rows) -> None:
    missing = Counter(
        (row["variant"], row["region"], row["reason"] or "still open")
        for row in rows
        if wanted(row) and not row["informed_at"]
    )
    told = table(run, "outage-alerts-never-sent-and-why")
    found = {
        (variant, line["Region"], line["Reason"]): float(line[variant]) * fixture.REPEATS
        for line in told
        for variant in fixture.VARIANTS
        if line["Reason"] != "all reasons" and float(line[variant])
    }
    assert found == pytest.approx(missing)
    assert {reason for _, _, reason in found} >= {"radio", "hub without power", "no MPxN", "firmware job", "still open"}


def test_what_the_end_of_the_run_cuts_off(rows: Rows) -> None:
    """Of a loss 250 s before the end an alert is due where the target is 60 s after the hold, not where it is 300 s."""
    last = [row for row in rows if END - 260 < row["lost_at"] < END - 240 and row["mpxn_known"]]
    assert {row["variant"] for row in last if due(row)} == set(fixture.VARIANTS) - {"longer target"}
    assert not any(due(row) for row in rows if row["lost_at"] > END - 100)


def test_map(run: Path, rows: Rows) -> None:
    told = table(run, "outage-map-by-gsp-group")
    assert {line["GSP group"] for line in told} == set(fixture.GROUPS)
    for line in told:
        chosen = [
            row
            for row in rows
            if (row["variant"], row["gsp_group"]) == (line["Variant"], line["GSP group"]) and due(row)
        ]
        assert float(line["In time (D) (fraction)"]) == pytest.approx(mean_share(chosen, in_time))


def test_detection(run: Path, rows: Rows) -> None:
    told = {(line["Premises dark"], line["Variant"]): line for line in table(run, "outage-detection-by-feeder")}
    for variant in fixture.VARIANTS:
        needed, first, sure = [], [], []
        for repeat in range(fixture.REPEATS):
            mine = [row for row in rows if (row["variant"], row["repeat"]) == (variant, repeat)]
            false = statistics.fmean(float(row["cause"] == "firmware") for row in mine if row["informed_at"])
            needed.append(next(k for k in range(1, 99) if false**k <= 0.05))
            feeders = defaultdict(list)
            for row in mine:
                if due(row) and row["size"] > 1:
                    feeders[row["feeder"], row["cut"]].append((row["informed_at"] or math.inf) - row["lost_at"])
            sized = [sorted(times) for times in feeders.values() if 51 <= len(times) <= 100]
            for k, medians in ((1, first), (needed[-1], sure)):
                medians.append(sorted(times[k - 1] for times in sized)[(len(sized) + 1) // 2 - 1])
        line = told["51 to 100", variant]
        assert set(line["k"].split(" to ")) == {str(min(needed)), str(max(needed))}
        assert float(line["Median, first alert (s)"]) == pytest.approx(statistics.fmean(first), abs=1e-5)
        assert float(line["Median, 95 % sure (s)"]) == pytest.approx(statistics.fmean(sure), abs=1e-5)


def test_alerts_needed() -> None:
    assert [alerts_needed(false, 0.95) for false in (0.0, 0.05, 0.06, 0.2, 0.5, 0.9)] == [1, 1, 2, 2, 5, 29]
    assert alerts_needed(1.0, 0.95) == alerts_needed(math.nan, 0.95) == 0


def test_restoration(run: Path, rows: Rows) -> None:
    def told(row: dict[str, Any]) -> bool:
        return row["restoration_informed"] is not None

    def timely(row: dict[str, Any]) -> bool:
        return told(row) and row["restoration_informed"] - row["restored_at"] <= RESTORATION

    for line in table(run, "restoration-alerts"):
        mine = [
            row
            for row in rows
            if row["variant"] == line["Variant"] and line["Region"] in (row["region"], "all") and due(row)
            if row["restored_at"] and END - row["restored_at"] >= RESTORATION
        ]
        right = [row["restoration_right"] for row in mine]
        assert float(line["Restored per repeat"]) == pytest.approx(len(right) / fixture.REPEATS)
        assert float(line["Arrived (fraction)"]) == pytest.approx(mean_share(mine, told))
        assert float(line["In time (fraction)"]) == pytest.approx(mean_share(mine, timely))
        for name, holds in (("Right operator", told), ("In time at the right operator", timely)):
            share = mean_share(mine, lambda row, holds=holds: holds(row) and row["restoration_right"])
            assert float(line[f"{name} (fraction)"]) == pytest.approx(share)
        assert float(line["Right code (fraction)"]) == 1
    assert {line["Code"] for line in table(run, "restoration-alerts-by-code")} == {"8F35", "8F36"}


def test_false_alerts(run: Path, rows: Rows) -> None:
    told = {line["Kind"]: line for line in table(run, "false-outage-alerts")}
    for variant in fixture.VARIANTS:
        mine = [row for row in rows if row["variant"] == variant]
        false = sum(row["cause"] == "firmware" and row["informed_at"] is not None for row in mine)
        hidden = sum(due(row) and row["reason"] == "firmware job" for row in mine)
        assert float(told["firmware"][variant]) == pytest.approx(false / fixture.REPEATS)
        assert float(told["outage hidden"][variant]) == pytest.approx(hidden / fixture.REPEATS)
        assert (hidden > 0) == (variant == "suppress")
        assert (false > 0) == (variant != "suppress")


def test_cells(run: Path, rows: Rows) -> None:
    waits = Counter()
    for row in pq.read_table(run / "records.parquet").to_pylist():
        waits[row["variant"], row["station"].removeprefix("WAN ")] += 1
    for line in table(run, "outage-cells"):
        mine = [row for row in rows if (row["variant"], row["region"]) == (line["Variant"], line["Region"])]
        assert float(line["First attempts per repeat"]) == pytest.approx(
            sum(row["sent_at"] is not None for row in mine) / fixture.REPEATS
        )
        assert float(line["Messages that waited"]) * fixture.REPEATS == pytest.approx(
            waits[line["Variant"], line["Region"]]
        )
        worst = []
        for repeat in range(fixture.REPEATS):
            minutes = Counter(
                (row["cell"], row["sent_at"] // 60) for row in mine if row["sent_at"] and row["repeat"] == repeat
            )
            worst.append(max(minutes.values()))
        assert float(line["Busiest cell, worst minute"]) == pytest.approx(statistics.fmean(worst))


def test_the_dispute_is_told(page: str) -> None:
    assert "This is the dispute: in as-is, " in page
    assert "reached the network operator within 60 s after the hold of 3 min" in page
    assert "reached the network operator within 5 min after the hold of 3 min" in page


def test_figures_of_the_report_stand_with_the_others(run: Path) -> None:
    told = {line["Figure"]: line for line in table(run, "figures")}
    assert told["cpm_alert_target"]["Status"] == "to be verified"
    assert told["feeder_certainty"]["Status"] == "⚠ assumption"
    assert told["poa_hold_time_s"]["Status"] == "sourced"


def test_regions_stand_in_for_groups(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=4_000, storm=3_500, groups=False, report=["outage map by GSP group"])
    text = reports.build(made).read_text(encoding="utf-8")
    assert "The run names no GSP groups" in text
    assert {line["CSP region"] for line in table(made, "outage-map-by-gsp-group")} == {"North", "Central", "South"}


def test_run_without_outages(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=2_000, storm=500)
    (made / "outages.parquet").unlink()
    assert reports.build(made).read_text(encoding="utf-8").count("this run has no outages.parquet.") == len(
        fixture.REPORT
    )


def test_damaged_outages(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=2_000, storm=500, report=["false outage alerts"])
    whole = pq.read_table(made / "outages.parquet")
    pq.write_table(whole.drop_columns(["cell", "cut"]), made / "outages.parquet")
    with pytest.raises(reports.ReportError, match=r"outages.parquet is damaged: it has no column cell, cut"):
        reports.build(made)
    (made / "outages.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(reports.ReportError, match=r"outages.parquet is damaged"):
        reports.build(made)


def test_scenarios_may_name_every_section() -> None:
    assert {item["name"] for item in vocabulary("sections")} == set(sections.SECTIONS)


def test_parts_of_a_metric_are_written_like_the_whole() -> None:
    assert words.of_metric("outage alerts in time: North") == words.of_metric("outage alerts in time")
    assert words.of_metric("outage alert clock D: 95 %").kind == "duration"
    assert words.of_metric("repairs by route: holder").kind == "number"


def test_settings_of_a_variant(run: Path) -> None:
    read = folder.read(run)
    assert settings.setting(read, "longer target", "outage alert target") == 300
    assert settings.setting(read, "as-is", "outage alert target") == 60  # left at its default
    assert settings.setting(read, "as-is", "outage hold") == HOLD  # a figure that the scenario names
    assert settings.setting(read, "bigger store", "hub hold-up") == 600  # an assumption
    assert settings.setting(read, "as-is", "cell capacity cellular") == 2
    assert math.isnan(settings.setting(read, "as-is", "hub boot"))


def test_verdicts() -> None:
    assert at_least([0.995, 1.0, 0.999], 0.99).word == "meets"
    assert at_least([0.5, 0.51, 0.52], 0.99).word == "fails"
    assert at_least([0.98, 1.0], 0.99).word == "uncertain"
    assert at_least([0.9901, 0.999, 0.9999], 0.99).word == "uncertain"  # the interval contains the limit
    assert at_least([math.nan, 1.0], 0.99).word == "meets"
    assert at_least([math.nan], 0.99).word == ""
    assert at_least([1.0, 0.7], 0.5).interval.high == 1


def test_sequence_of_a_home_that_lost_mains(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=500, storm=100, report=["message sequence"])
    told = [
        ("mains lost", {"detail": "network"}, "mains lost: network"),
        ("power outage reported", {"value": 2.0}, "reports the outage, attempt 2"),
        ("waited for radio", {"value": 12.5}, "waits 12.5 s for the radio"),
        ("power outage received", {}, "outage event"),
        ("alert withheld", {"detail": "AD1", "code": "no MPxN"}, "AD1 withheld: no MPxN"),
        ("mains restored", {}, "mains is back"),
    ]
    rows = [
        {
            **reports_fixture.DEFAULTS, "variant": "as-is", "repeat": 0, "time": (fixture.START + 60 * i) * 1_000_000,
            "station": "homes North", "sequence": i, "what": what, "home": 7, **fields,
        }
        for i, (what, fields, _) in enumerate(told)
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=reports_fixture.SCHEMA), made / "records.parquet")
    page = reports.build(made).read_text(encoding="utf-8")
    assert "Home 7 in repeat 0: the first home whose hub reported an outage in as-is." in page
    assert [line["What"] for line in table(made, "message-sequence-as-is")] == [label for _, _, label in told]
