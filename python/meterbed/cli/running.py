"""meterbed run"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from meterbed.cli.output import HELD, NOT_HELD, print_json, say
from meterbed.errors import ReportError
from meterbed.execute import Kernel
from meterbed.folder import default_folder
from meterbed.run import Run
from meterbed.scenario import Scenario


class KernelName(StrEnum):
    systemc = "systemc"
    plain = "plain"


def run(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A YAML story.")],
    seed: Annotated[int | None, typer.Option(help="Instead of the scenario's own.", min=0)] = None,
    repeat: Annotated[int | None, typer.Option(help="How often each variant runs.", min=1)] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; one a core when not given.", min=1)] = None,
    kernel: Annotated[KernelName, typer.Option(help="Both give the same records.")] = KernelName.systemc,
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change the scenario; repeatable.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Run folder; runs/... when not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    no_report: Annotated[bool, typer.Option("--no-report", help="Leave the report out.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace DIR when it exists.")] = False,
) -> None:
    """Run a scenario, write a run folder, print the answer."""
    story = Scenario(scenario, set=parse_changes(changes or []), seed=seed, repeat=repeat)
    folder = out or default_folder(scenario, story.seed)
    kind: Kernel = "systemc" if kernel is KernelName.systemc else "plain"
    code = 0
    try:
        story.run(folder, workers=workers, kernel=kind, progress=True, report=not no_report, force=force)
    except ReportError as error:
        say(f"meterbed: {error}")
        code = 2
    answer = Run(folder)
    if as_json:
        print_json(as_document(answer))
    else:
        print_answer(answer)
    raise typer.Exit(code or (HELD if answer.held else NOT_HELD))


def parse_changes(changes: list[str]) -> dict[str, str]:
    """'hub hold-up=15 min' -> {'hub hold-up': '15 min'}."""
    parsed: dict[str, str] = {}
    for change in changes:
        key, equals, value = change.partition("=")
        if not equals or not key.strip():
            raise typer.BadParameter(f"--set '{change}' is not KEY=VALUE")
        parsed[key.strip()] = value.strip()
    return parsed


def report_path(run: Run) -> Path | None:
    """Of the report in the run folder, None when there is none."""
    path = run.folder / "report.html"
    return path if path.is_file() else None


def measured(run: Run) -> list[dict[str, Any]]:
    """Mean over the repeats of each metric the scenario measures, by variant, in the scenario's order."""
    means = run.metrics.groupby(["metric", "variant"])["value"].mean()
    names = [variant["name"] for variant in run.manifest["variants"]]
    return [
        {"metric": metric, "variant": variant, "value": float(means[metric, variant])}
        for metric in run.manifest["measures"]
        for variant in names
        if (metric, variant) in means.index
    ]


def as_document(run: Run) -> dict[str, Any]:
    """What `--json` prints."""
    report = report_path(run)
    keys = ("title", "question", "seed", "repeats", "repeats_asked", "complete", "records_sha256")
    return {
        **{key: run.manifest[key] for key in keys},
        "held": run.held,
        "expectations": run.manifest["expectations"],
        "always": run.manifest["always"],
        "measures": measured(run),
        "folder": str(run.folder),
        "report": None if report is None else str(report),
    }


def print_answer(run: Run) -> None:
    """Question, verdicts, measures and where the report is, on standard output."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    question = run.manifest["question"] or run.manifest["title"]
    console.print(Text(question, style="bold"))

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("variant", "expected", "value", "bound", "verdict"):
        table.add_column(heading, justify="right" if heading in ("value", "bound") else "left", overflow="fold")
    for item in run.expectations:
        table.add_row(
            item.variant,
            item.name,
            figure(item.metric, item.value),
            figure(item.metric, item.bound),
            _verdict(item.held, item.verdict),
        )
    for rule in run.invariants:
        table.add_row("all", f"always: {rule.name}", "", "", _verdict(rule.held, "fails"))
    for row in measured(run):
        table.add_row(
            row["variant"], row["metric"], figure(row["metric"], row["value"]), "", Text("measured", style="dim")
        )
    console.print(table)

    for rule in run.invariants:
        if not rule.held:
            console.print(Text(f"{rule.name}: {rule.text}"), soft_wrap=True)
    repeats, seed = run.manifest["repeats"], run.manifest["seed"]
    console.print(Text(f"{repeats} repeat{'' if repeats == 1 else 's'} of each variant, seed {seed}"), soft_wrap=True)
    report = report_path(run)
    console.print(Text(f"report: {report}" if report else f"run folder: {run.folder}"), soft_wrap=True)


def figure(metric: str, value: Any) -> str:
    """A value of this metric as the report writes it: '0.24 %', '5 days', '23.7'."""
    from meterbed.reports.formatting import show
    from meterbed.reports.words import of_metric

    if value is None:
        return "nothing to measure"
    return show(value, of_metric(metric).kind) if isinstance(value, int | float) else str(value)


def _verdict(held: bool, verdict: str) -> Any:
    from rich.text import Text

    if held:
        return Text("held", style="green")
    return Text("not held" if verdict == "fails" else f"not held ({verdict})", style="red")
