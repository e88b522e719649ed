"""meterbed bench"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from meterbed.bench import BENCHMARKS, Answer, Benchmark, Effort
from meterbed.bench.benchmark import Tell
from meterbed.cli.output import print_json, say


def bench(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which benchmark; `list` lists them.")],
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Sizes of a moment: do the programs agree?")] = False,
    repeats: Annotated[int, typer.Option(help="Figures are medians of so many.", min=1)] = 5,
) -> None:
    """Measure meterbed against what one would use otherwise."""
    if name == "list":
        _print_list(as_json)
        return
    found = next((each for each in BENCHMARKS if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in BENCHMARKS)
        raise typer.BadParameter(f"no benchmark '{name}'; choose one of {names}, or list")
    with _progress(found.name) as tell:
        answer = found.measure(Effort(quick, repeats), tell)
    if as_json:
        print_json({"benchmark": name, "quick": quick, "rows": answer.rows, "notes": answer.notes})
    else:
        _print_answer(found, answer)


def _print_list(as_json: bool) -> None:
    if as_json:
        print_json([{"name": each.name, "description": each.description} for each in BENCHMARKS])
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for each in BENCHMARKS:
        table.add_row(each.name, each.description)
    Console(highlight=False, markup=False).print(table)


def _print_answer(benchmark: Benchmark, answer: Answer) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in benchmark.columns:
        words = all(isinstance(row[column], str) for row in answer.rows)
        table.add_column(column, justify="left" if words else "right")
    for row in answer.rows:
        table.add_row(*(_cell(row[column]) for column in benchmark.columns))
    console.print(table)
    for note in answer.notes:
        console.print(note, soft_wrap=True)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.6f}" if abs(value) < 0.01 and value else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


@contextmanager
def _progress(name: str) -> Iterator[Tell]:
    """A bar on a terminal, a line a measurement elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: say(f"{name}: {done + 1} of {total}: {what}")
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
