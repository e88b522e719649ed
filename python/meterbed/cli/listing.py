"""meterbed list"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from meterbed.cli.output import print_json
from meterbed.vocabulary import KINDS, vocabulary


def list_words(
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="Which table.")],
    as_json: Annotated[bool, typer.Option("--json", help="With everything the table holds.")] = False,
) -> None:
    """List the words a scenario may use."""
    if kind not in KINDS:
        raise typer.BadParameter(f"no list of '{kind}'; choose one of {', '.join(KINDS)}")
    items = vocabulary(kind)
    if as_json:
        print_json(items)
    else:
        _print(items)


def _print(items: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for item in items:
        later = "" if item.get("simulated", True) else " (not simulated yet)"
        table.add_row(str(item["name"]), f"{item['description']}{later}")
    Console(highlight=False, markup=False).print(table)
