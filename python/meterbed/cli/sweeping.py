"""meterbed sweep"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meterbed.cli.numbers import parse_numbers
from meterbed.cli.output import HELD, NOT_HELD, print_json, say
from meterbed.cli.running import KernelName, figure
from meterbed.paired import paired
from meterbed.points import grid
from meterbed.sweep import Sweep, run_sweep

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

MOST_TOLD = 10


def sweep(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A YAML story.")],
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=V1,V2,...", help="Values to try, also as a YAML list; repeatable."),
    ] = None,
    seeds: Annotated[str | None, typer.Option(metavar="0..29|1,2,3", help="The scenario's own when not given.")] = None,
    repeat: Annotated[int, typer.Option(help="Repeats of each seed.", min=1)] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Sweep folder; sweeps/SCENARIO when not given.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Of a Dask scheduler, tcp://...; processes here when not given."),
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processes here; one a core when not given.", min=1)] = None,
    kernel: Annotated[KernelName, typer.Option(help="Both give the same records.")] = KernelName.systemc,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Run a scenario over settings and seeds; finished points are kept and not run again."""
    asked = grid(
        scenario,
        parse_choices(changes or []),
        None if seeds is None else parse_numbers("--seeds", seeds, "0..29 or 1,2,3"),
        repeat,
    )
    folder = out or Path("sweeps") / scenario.stem
    if workers is not None and scheduler is not None:
        raise typer.BadParameter("--workers counts processes here; a --scheduler has its own")
    done = run_sweep(
        asked,
        folder,
        scheduler=scheduler,
        workers=workers,
        kernel="systemc" if kernel is KernelName.systemc else "plain",
        progress=True,
    )
    _complain("failed", done.told)
    _complain("broke a rule", done.broken)
    if as_json:
        print_json(_as_document(done, folder))
    else:
        _print_answer(done, folder)
    raise typer.Exit(NOT_HELD if done.failures or done.broken else HELD)


def parse_choices(changes: list[str]) -> dict[str, object]:
    """'hub hold-up=3 min, 15 min' and 'hub hold-up=[3 min, 15 min]' -> {'hub hold-up': ['3 min', '15 min']}."""
    parsed: dict[str, object] = {}
    for change in changes:
        key, equals, values = (part.strip() for part in change.partition("="))
        if not equals or not key:
            raise typer.BadParameter(f"--set '{change}' is not KEY=V1,V2,...")
        if key in parsed:
            raise typer.BadParameter(f"--set '{key}' is given twice; write its values after one another, with commas")
        parsed[key] = _values(change, values)
    return parsed


def _values(change: str, text: str) -> list[str]:
    """The pieces of a YAML list as they are written: quotes count."""
    import yaml

    try:
        node = yaml.compose(f"[{text}]", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise typer.BadParameter(f"--set '{change}': the values are no YAML list") from None
    # `[a, b]` is the list itself; `[a, b], [c]` are two values that are lists.
    entries = node.value if node else []
    if len(entries) == 1 and isinstance(entries[0], yaml.SequenceNode):
        entries = entries[0].value
    return [text[entry.start_mark.index - 1 : entry.end_mark.index - 1] for entry in entries]


def _complain(what: str, lines: list[str]) -> None:
    for line in lines[:MOST_TOLD]:
        say(f"meterbed: a point {what}: {line}")
    if len(lines) > MOST_TOLD:
        say(f"meterbed: and {len(lines) - MOST_TOLD} more")


def _asked(done: Sweep) -> pd.DataFrame:
    """What the scenario expects and measures; everything when it names nothing."""
    core = done.points[0].scenario
    named = {*(item["metric"] for item in core.expectations), *core.measures}
    frame = done.frame
    return frame[frame["metric"].isin(named)] if named else frame


def _means(frame: pd.DataFrame, settings: list[str]) -> pd.DataFrame:
    """Mean and 95 % interval by metric, settings and variant."""
    import pandas as pd

    from meterbed.reports.intervals import interval

    keys = ["metric", *settings, "variant"]
    rows = []
    for key, group in frame.groupby(keys, sort=False, dropna=False):
        found = interval(list(group["value"]))
        rows.append((*key, found.mean, found.low, found.high, found.n))
    return pd.DataFrame(rows, columns=[*keys, "mean", "low", "high", "n"])


def _as_document(done: Sweep, folder: Path) -> dict[str, Any]:
    manifest = done.manifest
    frame = _asked(done)
    keys = ("title", "question", "version", "points", "finished", "complete", "failed", "broken", "records_sha256")
    return {
        **{key: manifest[key] for key in keys},
        "reused": done.reused,
        "folder": str(folder),
        "means": _means(frame, list(done.grid.choices)).to_dict("records"),
        "differences": paired(frame).to_dict("records"),
    }


def _print_answer(done: Sweep, folder: Path) -> None:
    """Question, means, what the variants change, and where the table is."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    manifest = done.manifest
    console.print(Text(manifest["question"] or manifest["title"], style="bold"))
    frame = _asked(done)
    settings = list(done.grid.choices)
    _print_table(console, _means(frame, settings), ["metric", *settings, "variant"])
    differences = paired(frame)
    if len(differences):
        differences.insert(1 + len(settings), "difference", differences["variant"] + " − " + differences["less"])
        names = ["metric", *settings, "difference", "finding"]
        _print_table(console, differences[[*names[:-1], "mean", "low", "high", "pairs", "finding"]], names)
    count = f"{manifest['finished']} of {manifest['points']} points, {done.reused} of them from before"
    console.print(Text(f"{count}\ntable: {folder / 'sweep.parquet'}"), soft_wrap=True)


def _print_table(console: Console, frame: pd.DataFrame, texts: list[str]) -> None:
    """Columns of `texts` as they are, mean and interval as the report writes the metric."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    headings = {"low": "95 % from", "high": "to"}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in frame.columns:
        table.add_column(headings.get(name, name), justify="left" if name in texts else "right", overflow="fold")
    for row in frame.to_dict("records"):
        for name in ("mean", "low", "high"):
            row[name] = "" if math.isnan(row[name]) else figure(row["metric"], row[name])
        table.add_row(*(Text(str(row[name])) for name in frame.columns))
    console.print(table)
