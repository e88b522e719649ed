"""Prepayment sections against a synthetic run folder: every table is counted again, row by row and by other means."""

from __future__ import annotations

import math
import shutil
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import prepayment_fixture as fixture
import pyarrow.parquet as pq
import pytest
from reports_fixture import table

from meterbed import reports
from meterbed.reports import sections
from meterbed.reports.formatting import slug
from meterbed.vocabulary import vocabulary

Rows = list[dict[str, Any]]
BEGIN, END = fixture.START + fixture.WARM_UP, fixture.START + fixture.LENGTH
KINDS = {"fault class": "fault", "region": "region", "generation": "generation"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = fixture.write(tmp_path_factory.mktemp("prepayment"), homes=600)
    reports.build(made)
    return made


def rows_of(run: Path, name: str) -> Rows:
    """Times as seconds since the epoch, None when they did not happen."""
    found = pq.read_table(run / f"prepayment-{name}.parquet").to_pylist()
    return [{key: v.timestamp() if hasattr(v, "timestamp") else v for key, v in row.items()} for row in found]


@pytest.fixture(scope="module")
def homes(run: Path) -> Rows:
    return rows_of(run, "homes")


@pytest.fixture(scope="module")
def spells(run: Path) -> Rows:
    """With the seconds that count."""
    rows = rows_of(run, "spells")
    for row in rows:
        row["off"] = max((row["on_at"] or END) - max(row["off_at"], BEGIN), 0)
        row["waited"] /= 1e6
    return rows


@pytest.fixture(scope="module")
def top_ups(run: Path) -> Rows:
    return rows_of(run, "top-ups")


@pytest.fixture(scope="module")
def page(run: Path) -> str:
    return (run / "report.html").read_text(encoding="utf-8")


def belongs(row: dict[str, Any], kind: str, group: str) -> bool:
    return kind == "all" or row[KINDS[kind]] == ("none" if group == "no fault" else group)


def per_repeat(rows: Rows, value: Callable[[dict[str, Any]], float]) -> list[float]:
    sums = defaultdict(float)
    for row in rows:
        sums[row["repeat"]] += value(row)
    return [sums[repeat] for repeat in range(fixture.REPEATS)]


def hours(spells: Rows, homes: Rows, value: Callable[[dict[str, Any]], float]) -> float:
    """Per 1,000 meters, mean over the repeats."""
    some, many = per_repeat(spells, value), per_repeat(homes, lambda _: 1)
    return statistics.fmean(a / 3.6 / b for a, b in zip(some, many, strict=True))


def harm(row: dict[str, Any], word: str) -> float:
    if word == "all hours":
        return float(row["off"])
    if word == "not paid":
        return float(row["off"] - row["waited"])
    return float(row["waited"]) if row["harm"] == word else 0.0


def test_hours_by_harm(run: Path, spells: Rows, homes: Rows) -> None:
    told = {line["Variant"]: line for line in table(run, "prepayment-off-supply")}
    assert list(told) == list(fixture.VARIANTS)
    for variant, line in told.items():
        mine = [row for row in spells if row["variant"] == variant]
        base = [row for row in homes if row["variant"] == variant]
        for word in ("not paid", "home fault", "DCC outage", "carriage", "all hours"):
            expected = hours(mine, base, lambda row, word=word: harm(row, word))
            assert float(line[word]) == pytest.approx(expected, abs=1e-6)


def test_hours_by_group(run: Path, spells: Rows, homes: Rows) -> None:
    told = table(run, "prepayment-off-supply-by-group")
    assert len({(line["By"], line["Group"]) for line in told}) == 5 + 3 + 2 + 1
    for line in told:
        mine, base = (
            [row for row in rows if row["variant"] == line["Variant"] and belongs(row, line["By"], line["Group"])]
            for rows in (spells, homes)
        )
        assert float(line["Meters"]) == pytest.approx(len(base) / fixture.REPEATS)
        assert float(line["Hours per 1,000 of them"]) == pytest.approx(hours(mine, base, lambda row: row["off"]))
        paid = hours(mine, base, lambda row: row["waited"])
        assert float(line["Although paid"]) == pytest.approx(paid, abs=1e-6)
        assert float(line["home fault"]) == pytest.approx(
            hours(mine, base, lambda row: harm(row, "home fault")), abs=1e-6
        )


@pytest.mark.parametrize(("name", "seconds"), [("5 min", 300), ("30 min", 1_800), ("24 h", 86_400)])
def test_top_ups_credited(run: Path, top_ups: Rows, name: str, seconds: int) -> None:
    for line in table(run, "prepayment-top-ups-credited-by-group"):
        base = [
            row
            for row in top_ups
            if row["variant"] == line["Variant"] and belongs(row, line["By"], line["Group"])
            if row["paid_at"] >= BEGIN and row["paid_at"] <= END - seconds + 1e-7
        ]
        timely = per_repeat(
            base, lambda row: bool(row["added_at"]) and row["added_at"] - row["paid_at"] <= seconds + 1e-7
        )
        shares = [a / b for a, b in zip(timely, per_repeat(base, lambda _: 1), strict=True)]
        assert float(line[f"Within {name} (fraction)"]) == pytest.approx(statistics.fmean(shares))


def test_what_does_not_count(top_ups: Rows, spells: Rows) -> None:
    """The fixture has what must be left out: paid in the warm-up, paid too late for a target, never credited."""
    assert any(row["paid_at"] < BEGIN for row in top_ups)
    assert any(row["paid_at"] > END - 86_400 for row in top_ups)
    assert any(row["added_at"] is None for row in top_ups)
    assert any(row["off_at"] < BEGIN for row in spells)
    assert any(row["on_at"] is None for row in spells)


def test_survival(run: Path, spells: Rows, homes: Rows) -> None:
    told = table(run, "prepayment-survival")
    for line in told:
        long = line["Not yet"] != "off supply"
        group = [("all", "all")] if line["Fault class"] == "all meters" else [("fault class", line["Fault class"])]
        base = [row for row in homes if row["variant"] == line["Variant"] and belongs(row, *group[0])]
        first: dict[tuple[int, int], float] = {}
        for row in spells:
            counts = row["off"] > 0 and (not long or row["waited"] >= 1_800)
            if row["variant"] == line["Variant"] and counts:
                key = (row["repeat"], row["home"])
                first[key] = min(first.get(key, END), max(row["off_at"], BEGIN))
        spared = [(row["repeat"], first.get((row["repeat"], row["home"]), 2 * END) - BEGIN) for row in base]
        for day in (7, 14, 28):
            shares = [
                statistics.fmean(time >= day * 86_400 for of, time in spared if of == repeat)
                for repeat in range(fixture.REPEATS)
            ]
            assert float(line[f"After {day} days (fraction)"]) == pytest.approx(statistics.fmean(shares))


def test_remedies(run: Path, spells: Rows, homes: Rows) -> None:
    told = {line["Variant"]: line for line in table(run, "prepayment-remedies")}
    assert "as-is" not in told
    base = per_repeat([row for row in homes if row["variant"] == "as-is"], lambda _: 1)
    harms = {
        variant: per_repeat([row for row in spells if row["variant"] == variant], lambda row: row["waited"])
        for variant in fixture.VARIANTS
    }
    for variant, line in told.items():
        removed = [(a - b) / 3.6 / n for a, b, n in zip(harms["as-is"], harms[variant], base, strict=True)]
        assert float(line["Hours removed"]) == pytest.approx(statistics.fmean(removed), abs=1e-6)
    means = [float(line["Hours removed"]) for line in told.values()]
    assert means == sorted(means, reverse=True)
    assert told["text"]["Finding"] == "removes harm"
    assert told["text"]["Rank"] in ("1", "2")
    assert told["leaflet"]["Finding"] == "no difference"
    assert (told["leaflet"]["Rank"], told["leaflet"]["Hours per £"]) == ("", "")
    assert float(told["text"]["Hours per £"]) == pytest.approx(float(told["text"]["Hours removed"]) / 2.5)
    assert told["stand-in"]["Cost, £"] == ""


def test_a_remedy_without_clear_difference_has_no_rank(run: Path) -> None:
    """Whatever its mean: the interval decides."""
    for line in table(run, "prepayment-remedies"):
        low, high = float(line["95 % from"]), float(line["95 % to"])
        clear = low > 0 or high < 0
        assert bool(line["Rank"]) == clear
        assert (line["Finding"] in ("removes harm", "adds harm")) == clear


def test_one_repeat_ranks_nothing(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=120, repeats=1)
    text = reports.build(made).read_text(encoding="utf-8")
    assert "One repeat tells no difference from chance: the order below is no ranking." in text
    assert {line["Rank"] for line in table(made, "prepayment-remedies")} == {""}


def test_utrns(run: Path, top_ups: Rows, homes: Rows) -> None:
    for line in table(run, "prepayment-utrns"):
        group = line["Group"]

        def mine(row: dict[str, Any], line: dict[str, str] = line, group: str = group) -> bool:
            fault = row["fault"] != "none"
            fits = {"all": True, "homes with a fault": fault, "homes without a fault": not fault}
            return bool(row["variant"] == line["Variant"] and fits.get(group, row["generation"] == group))

        paid = [row for row in top_ups if mine(row) and row["paid_at"] >= BEGIN]
        meters = per_repeat([row for row in homes if mine(row)], lambda _: 1)
        count = per_repeat(paid, lambda _: 1)
        assert float(line["Top-ups per repeat"]) == pytest.approx(statistics.fmean(count))
        credited = per_repeat(paid, lambda row: row["added_at"] is not None)
        for heading, key, base, factor in (
            ("Typed (fraction)", "way", credited, 1),
            ("Wrong entries per 1,000 top-ups", "wrong_digits", count, 1_000),
            ("Help line calls per 1,000 meters", "calls", meters, 1_000),
            ("Engineer visits per 1,000 meters", "visits", meters, 1_000),
            ("Duplicate attempts refused per 1,000 top-ups", "duplicates", count, 1_000),
        ):
            some = per_repeat(paid, lambda row, key=key: row[key] == "keypad" if key == "way" else row[key])
            shares = [a / b * factor for a, b in zip(some, base, strict=True)]
            assert float(line[heading]) == pytest.approx(statistics.fmean(shares))
        assert line["Credited twice"] == "0"


def test_a_payment_credited_twice_is_told_in_the_first_sentence(tmp_path: Path, page: str) -> None:
    assert "✓ No payment was credited twice" in page
    made = fixture.write(tmp_path / "run", homes=120, repeats=2, report=["prepayment UTRNs"], twice=1)
    text = reports.build(made).read_text(encoding="utf-8")
    assert "✗ Payments were credited twice, which must not happen (as-is: 1 per repeat" in text


def test_outage(run: Path, spells: Rows, homes: Rows) -> None:
    for line in table(run, "prepayment-outage"):
        mine, base = (
            [row for row in rows if (row["variant"], row["generation"]) == (line["Variant"], line["Generation"])]
            for rows in (spells, homes)
        )
        expected = hours(mine, base, lambda row: harm(row, "DCC outage"))
        assert float(line["Hours of harm per 1,000"]) == pytest.approx(expected, abs=1e-6)
        begin, end = (fixture.START + at for at in fixture.OUTAGE)
        most = max(
            sum(row["off"] > 0 and max(row["off_at"], BEGIN) <= time < (row["on_at"] or END) for row in mine)
            for time in range(round(begin - 6 * 3_600), round(end + 30 * 3_600) + 1, 600)
        )
        assert float(line["Off for any reason, most at once"]) == pytest.approx(most / len(base) * 1_000)


def test_late_reports(run: Path, homes: Rows) -> None:
    rows = [row for row in rows_of(run, "reports") if row["held_at"] >= BEGIN]
    assert {row["fate"] for row in rows} == {"late", "still held", "dropped"}
    for line in table(run, "prepayment-late-reports"):
        word, variant = line["Fault class"], line["Variant"]
        base, mine = (
            [row for row in found if row["variant"] == variant and word in (row["fault"], "all meters")]
            for found in (homes, rows)
        )
        count = per_repeat(base, lambda _: 1)
        for heading, fate in (
            ("Held per 1,000", None),
            ("Left the hub late", "late"),
            ("Still held at the end", "still held"),
            ("Dropped", "dropped"),
        ):
            some = per_repeat(mine, lambda row, fate=fate: fate in (None, row["fate"]))
            expected = statistics.fmean(1_000 * a / b for a, b in zip(some, count, strict=True))
            assert float(line[heading]) == pytest.approx(expected, abs=1e-6)
        assert (line["Unknown, median (s)"] != "") == (word == "all meters")


def test_how_long_typed_top_ups_are_unknown(run: Path) -> None:
    """At least: a report that is still held, or was dropped, counts to the end."""
    told = {
        line["Variant"]: line for line in table(run, "prepayment-late-reports") if line["Fault class"] == "all meters"
    }
    for variant, line in told.items():
        typed = [
            [
                (row["left_at"] if row["fate"] == "late" else END) - row["held_at"]
                for row in rows_of(run, "reports")
                if (row["variant"], row["repeat"], row["code"]) == (variant, repeat, "810E") and row["held_at"] >= BEGIN
            ]
            for repeat in range(fixture.REPEATS)
        ]
        assert float(line["Typed and held per repeat"]) == pytest.approx(statistics.fmean(map(len, typed)))
        for heading, q in (("Unknown, median (s)", 0.5), ("Unknown, 95 % (s)", 0.95)):
            expected = statistics.fmean(sorted(times)[math.ceil(q * len(times)) - 1] for times in typed)
            assert float(line[heading]) == pytest.approx(expected, rel=1e-9)  # ten digits in a CSV file


def test_the_fullest_minute(run: Path) -> None:
    for line in table(run, "prepayment-late-reports"):
        if line["Fault class"] != "all meters":
            continue
        most, at_once = [], []
        for repeat in range(fixture.REPEATS):
            late = [
                row
                for row in rows_of(run, "reports")
                if (row["variant"], row["repeat"], row["fate"]) == (line["Variant"], repeat, "late")
            ]
            most.append(max(Counter(int(row["left_at"]) // 60 for row in late).values()))
            at_once.append(max(Counter((row["home"], row["left_at"]) for row in late).values()))
        assert float(line["Fullest minute"]) == pytest.approx(statistics.fmean(most))
        assert float(line["From one hub at once"]) == pytest.approx(statistics.fmean(at_once))


def test_a_run_in_which_no_hub_held_anything_says_so(tmp_path: Path) -> None:
    alone = [{"name": "fewer homes without WAN", "changes": []}]
    made = fixture.write(tmp_path / "run", homes=3, repeats=1, variants=alone, report=["prepayment late reports"])
    assert not rows_of(made, "reports")
    assert "No hub held anything" in reports.build(made).read_text(encoding="utf-8")


def test_an_older_run_has_no_table_of_reports(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=60, repeats=1)
    shutil.rmtree(made / "prepayment-reports.parquet")
    assert "This run does not tell what hubs held." in reports.build(made).read_text(encoding="utf-8")


def test_a_run_without_outage_says_so(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=60, repeats=1, outage=False, report=["prepayment outage"])
    assert "The DCC did not fail in this run." in reports.build(made).read_text(encoding="utf-8")


def test_a_single_variant_of_one_generation(tmp_path: Path) -> None:
    alone = [{"name": "as-is", "changes": []}]
    made = fixture.write(tmp_path / "run", homes=200, repeats=2, generations=1, variants=alone)
    text = reports.build(made).read_text(encoding="utf-8")
    assert "There is one variant only, so there is nothing to rank." in text
    assert "SMETS1" not in {line["Generation"] for line in table(made, "prepayment-outage")}
    assert not (made / "tables" / "prepayment-off-supply-differences.csv").exists()


def test_nobody_prepays(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=60, repeats=1)
    for path in made.glob("prepayment-*.parquet"):
        shutil.rmtree(path)  # of several worlds
    text = reports.build(made).read_text(encoding="utf-8")
    assert text.count("this run has no") + text.count("it has no prepayment-homes.parquet") >= len(fixture.REPORT) - 1


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    made = fixture.write(tmp_path / "run", homes=60, repeats=1)
    path = made / "prepayment-spells.parquet" / "000000.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["waited"]), path)
    with pytest.raises(reports.ReportError, match=r"prepayment-spells.parquet is damaged: it has no column waited"):
        reports.build(made)


def test_the_page_reads_the_same_twice(run: Path, tmp_path: Path) -> None:
    reports.build(run, tmp_path / "again")
    for path in (tmp_path / "again").rglob("*.*"):
        if path.suffix in (".svg", ".csv", ".png"):
            assert path.read_bytes() == (run / path.relative_to(tmp_path / "again")).read_bytes()


@pytest.mark.parametrize("name", fixture.REPORT)
def test_sections_have_words_in_the_vocabulary_and_a_chart(run: Path, page: str, name: str) -> None:
    assert name in sections.SECTIONS
    assert name in {item["name"] for item in vocabulary("sections")}
    assert f'id="{slug(name)}"' in page
    assert (run / "plots" / f"{slug(name)}.svg").is_file()
