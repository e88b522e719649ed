"""Reports against a synthetic run folder: every table is counted again, by other means."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import reports_fixture as fixture
from reports_fixture import table

from meterbed import reports

Rows = list[dict[str, Any]]
T_FOUR = 2.776445  # 97.5 % quantile of Student's t, four degrees of freedom


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fixture.write(tmp_path_factory.mktemp("run"))
    assert reports.build(folder) == folder / "report.html"
    return folder


@pytest.fixture(scope="module")
def rows(run: Path) -> Rows:
    found: Rows = pq.read_table(run / "records.parquet").to_pylist()
    return found


@pytest.fixture(scope="module")
def page(run: Path) -> str:
    return (run / "report.html").read_text(encoding="utf-8")


def mean_counts(rows: Rows, key: Callable[[dict[str, Any]], tuple[str, ...]]) -> dict[tuple[str, ...], float]:
    return {found: n / fixture.REPEATS for found, n in Counter(key(row) for row in rows).items()}


def student(values: list[float]) -> tuple[float, float, float]:
    mean = statistics.fmean(values)
    half = T_FOUR * statistics.stdev(values) / math.sqrt(len(values))
    return mean, mean - half, mean + half


def numbers(row: dict[str, str], *columns: str) -> tuple[float, ...]:
    return tuple(float(row[column]) for column in columns)


def test_refused_commands(run: Path, rows: Rows) -> None:
    kinds = {"request refused", "command dropped"}
    expected = mean_counts(
        [row for row in rows if row["what"] in kinds],
        lambda row: (row["variant"], row["code"], row["detail"], row["station"].replace("homes Central", "meter")),
    )
    found = {
        (variant, row["Code"], row["Check"], row["Refused by"]): float(row[variant])
        for row in table(run, "refused-commands-by-code")
        for variant in fixture.VARIANTS
        if float(row[variant])
    }
    assert found == pytest.approx(expected)


def test_repairs(run: Path, rows: Rows) -> None:
    tried = mean_counts([r for r in rows if r["what"] == "repair tried"], lambda row: (row["detail"], row["variant"]))
    times = defaultdict(list)
    for row in rows:
        if row["what"] == "repaired":
            times[row["detail"], row["variant"]].append(row["value"])
    for row in table(run, "repairs-by-route"):
        key = (row["Route"], row["Variant"])
        assert float(row["Tried per repeat"]) == pytest.approx(tried.get(key, 0))
        assert float(row["Succeeded per repeat"]) == pytest.approx(len(times[key]) / fixture.REPEATS)
        median = row["Median time to success (s)"]
        assert float(median) == pytest.approx(statistics.median(times[key])) if times[key] else median == ""


def test_time_to_repair(run: Path, rows: Rows) -> None:
    found = table(run, "time-to-repair")
    assert [row["Variant"] for row in found] == fixture.VARIANTS
    for row in found:
        mine = [r for r in rows if r["variant"] == row["Variant"]]
        times = [r["value"] for r in mine if r["what"] == "repaired"]
        begun = sum(r["what"] == "repair begun" for r in mine)
        assert float(row["Share put right (fraction)"]) == pytest.approx(len(times) / begun)
        assert numbers(row, "Median time (s)", "Longest (s)") == pytest.approx((statistics.median(times), max(times)))


def test_outcomes(run: Path, rows: Rows) -> None:
    refused = {(r["variant"], r["repeat"], r["request"]) for r in rows if r["what"] == "request refused"}
    silent = {(r["variant"], r["repeat"], r["request"]) for r in rows if r["what"] == "request timed out"}

    def outcome(row: dict[str, Any]) -> tuple[str, ...]:
        key = (row["variant"], row["repeat"], row["request"])
        name = "Refused" if key in refused else "No answer" if key in silent else "Answered"
        return row["step"], row["variant"], name

    expected = mean_counts([row for row in rows if row["what"] == "request completed"], outcome)
    found = {
        (row["Step"], row["Variant"], name): float(row[name])
        for row in table(run, "outcomes-by-step")
        for name in ("Answered", "Refused", "No answer", "Failed at the device", "Still open")
        if float(row[name])
    }
    assert found == pytest.approx(expected)
    assert [row["Step"] for row in table(run, "outcomes-by-step")][::2] == [
        "renewal",
        "first read",
        "correction",
        "repair",
    ]


def test_alerts(run: Path, rows: Rows) -> None:
    names = {fixture.EAST: "east-midlands", fixture.WEST: "eastern"}
    alerts = [row for row in rows if row["what"] in {"alert received", "DCC alert"}]
    expected = mean_counts(alerts, lambda row: (row["variant"], names[row["party"]], row["code"] or row["detail"]))
    found = {
        (variant, row["Recipient"], row["Alert"]): float(row[variant])
        for row in table(run, "alerts-by-recipient")
        for variant in fixture.VARIANTS
    }
    assert found == pytest.approx(expected)


def test_metrics_and_differences(run: Path) -> None:
    values = defaultdict(dict)
    for row in pq.read_table(run / "metrics.parquet").to_pylist():
        values[row["variant"], row["metric"]][row["repeat"]] = row["value"]
    for row in table(run, "metrics"):
        known = list(values[row["Variant"], row["Metric"]].values())
        if len(known) == fixture.REPEATS:
            assert numbers(row, "Mean", "95 % from", "95 % to") == pytest.approx(student(known), rel=1e-5)
    for row in table(run, "differences"):
        first, other = (values[variant, row["Metric"]] for variant in fixture.VARIANTS)
        paired = [other[repeat] - first[repeat] for repeat in sorted(first.keys() & other.keys())]
        assert float(row["Mean"]) == pytest.approx(statistics.fmean(paired), rel=1e-8, abs=1e-12)
        low, high = numbers(row, "95 % from", "95 % to")
        clear = low > 0 or high < 0
        assert any(word in row["Finding"] for word in ("lower", "higher")) == clear
    findings = {row["Metric"]: row["Finding"] for row in table(run, "differences")}
    assert findings["devices nobody can command"] == "lower: better"
    assert findings["wrong choices"] == "no difference"


def test_expectations(run: Path, page: str) -> None:
    verdicts = {(row["Variant"], row["Metric"]): row["Verdict"] for row in table(run, "expectations")}
    assert verdicts["as-is", "devices nobody can command"] == "✓ meets"
    assert verdicts["to-be", "devices nobody can command"] == "? uncertain"
    assert "Meets 1 of 2 expectations; 1 uncertain." in page


def test_the_story_is_of_a_home_with_a_wrong_choice(run: Path, rows: Rows, page: str) -> None:
    home = min(
        row["home"]
        for row in rows
        if (row["variant"], row["repeat"], row["what"], row["detail"]) == ("as-is", 0, "certificate chosen", "wrong")
    )
    assert f"Home {home} in repeat 0: the first home that was sent a wrong certificate in as-is." in page
    told = [row["What"] for row in table(run, "message-sequence-as-is")]
    assert "wrong certificate: eastern" in told
    assert "E4 the sender is not registered for the premises" in told
    assert len(told) <= 40
    refused = [row["What"] for row in table(run, "message-sequence-to-be")]
    assert "E061507 the owner of the new certificate is not the registered operator" in refused


def test_assumptions_are_marked(run: Path, page: str) -> None:
    status = {row["Figure"]: row["Status"] for row in table(run, "figures")}
    assert status == {
        "wan_loss": "⚠ assumption",
        "timeline[0].certificate.wrong share": "⚠ assumption",
        "recovery_days": "sourced",
    }
    first = table(run, "defaults")[0]
    assert list(first.values()) == [
        "wan loss",
        "0.5 %",
        "wan_message_loss_prob",
        "⚠ assumption",
        "a guess (of ours)",
        "low",
    ]
    assert "2 of 3 figures of the scenario and 1 of 2 settings left at their default" in page


def test_further_attempts_are_told_once(tmp_path: Path) -> None:
    folder = fixture.write(tmp_path / "run")
    records = pq.read_table(folder / "records.parquet")
    rows = [row for row in records.to_pylist() if row["home"] >= 60]  # SMETS2 only: nobody chooses a certificate
    pq.write_table(pa.Table.from_pylist(rows, schema=fixture.SCHEMA), folder / "records.parquet", store_schema=False)
    text = reports.build(folder).read_text(encoding="utf-8")
    home = min(
        row["home"] for row in rows if (row["variant"], row["repeat"], row["what"]) == ("as-is", 0, "command dropped")
    )
    assert f"Home {home} in repeat 0: the first home whose meter dropped a command in as-is." in text
    told = [row["What"] for row in table(folder, "message-sequence-as-is")]
    assert "1 more attempt, all in vain" in told
    assert told.count("dropped: the meter does not know the sender's certificate") == 1


def test_opens_offline(run: Path, page: str) -> None:
    for text in (page, *(path.read_text(encoding="utf-8") for path in (run / "plots").glob("*.svg"))):
        assert not re.search(r"""(src|href|url|@import)\s*[=(]?\s*["']?\s*(https?:)?//""", text)
        assert "<script" not in text
    for link in re.findall(r'href="([^#"][^"]*)"', page):
        assert (run / link).is_file(), link


def test_drawings_lie_beside_the_page(run: Path, page: str) -> None:
    names = {path.name for path in (run / "plots").iterdir()}
    for name in ("outcomes-by-step", "refused-commands-by-code", "repairs-by-route", "time-to-repair"):
        assert {f"{name}.svg", f"{name}.png"} <= names
    assert page.count("<figure>") == sum(name.endswith(".svg") for name in names)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_same_folder_same_page(run: Path, tmp_path: Path) -> None:
    again = reports.build(run, tmp_path / "again")
    assert again.read_bytes() == (run / "report.html").read_bytes()


def test_out_may_be_a_page(run: Path, tmp_path: Path) -> None:
    assert reports.build(run, tmp_path / "storm.html") == tmp_path / "storm.html"
    assert {path.name for path in tmp_path.iterdir()} == {"storm.html", "storm-plots", "storm-tables"}


def test_yaml_is_escaped(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> \"&' </style>"
    variants = [{"name": "as-is", "changes": [hostile]}, {"name": "to-be", "changes": []}]
    folder = fixture.write(tmp_path / "run", title=hostile, question=hostile, command=hostile, variants=variants)
    text = reports.build(folder).read_text(encoding="utf-8")
    assert "<script" not in text
    assert text.count("</style>") == text.count("<style")
    assert "&lt;script&gt;alert(1)" in text


def test_hostile_names_in_drawings(tmp_path: Path) -> None:
    folder = fixture.write(tmp_path / "run")
    story = folder / "scenario.yaml"
    story.write_text(story.read_text(encoding="utf-8").replace("eastern", "<b>&x"), encoding="utf-8")
    text = reports.build(folder).read_text(encoding="utf-8")
    assert "<b>&x" not in text
    assert "&lt;b&gt;&amp;x" in text


def test_incomplete_run(tmp_path: Path, page: str) -> None:
    folder = fixture.write(tmp_path / "run", complete=False, repeats_asked=20)
    assert "5 of 20 repeats were finished" in reports.build(folder).read_text(encoding="utf-8")
    assert "repeats were finished" not in page


def test_unknown_section(tmp_path: Path) -> None:
    folder = fixture.write(tmp_path / "run", report=["cell load over time", "repairs by route"])
    text = reports.build(folder).read_text(encoding="utf-8")
    assert "does not know the section “cell load over time”" in text
    assert text.index("<h2>Repairs by route") < text.index("<h2>Message sequence")
    assert "<h2>Time to repair" not in text


@pytest.mark.parametrize("name", ["manifest.yaml", "scenario.yaml", "records.parquet", "metrics.parquet"])
def test_missing_and_damaged_files(tmp_path: Path, name: str) -> None:
    folder = fixture.write(tmp_path / "run")
    whole = (folder / name).read_bytes()
    (folder / name).unlink()
    with pytest.raises(reports.ReportError, match=f"is not a run folder: it has no {name}"):
        reports.build(folder)
    (folder / name).write_bytes(b"\xff[" + whole[: len(whole) // 2])
    with pytest.raises(reports.ReportError, match=name):
        reports.build(folder)
    assert not (folder / "report.html").exists()


def test_not_a_folder(tmp_path: Path) -> None:
    with pytest.raises(reports.ReportError, match="there is no such folder"):
        reports.build(tmp_path / "nowhere")


def test_manifest_without_a_title(tmp_path: Path) -> None:
    folder = fixture.write(tmp_path / "run")
    (folder / "manifest.yaml").write_text("repeats: 3\n", encoding="utf-8")
    with pytest.raises(reports.ReportError, match="it has no 'title'"):
        reports.build(folder)
