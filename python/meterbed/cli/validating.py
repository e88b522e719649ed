"""meterbed validate, meterbed schema"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meterbed import _core
from meterbed.cli.output import BAD_INPUT, print_json, say_problems
from meterbed.errors import Problem, ScenarioProblems, problems_of
from meterbed.scenario import Scenario


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenarios to check.")],
    as_json: Annotated[bool, typer.Option("--json", help="The mistakes as JSON.")] = False,
) -> None:
    """Check scenarios and list every mistake; nothing runs."""
    found = {file: _problems(file) for file in files}
    for problems in found.values():
        say_problems(problems)
    if as_json:
        print_json(
            {
                "valid": [str(file) for file, problems in found.items() if not problems],
                "problems": [vars(problem) for problems in found.values() for problem in problems],
            }
        )
    else:
        for file, problems in found.items():
            if not problems:
                typer.echo(f"{file}: good")
    if any(found.values()):
        raise typer.Exit(BAD_INPUT)


def _problems(file: Path) -> list[Problem]:
    try:
        Scenario(file)
    except ScenarioProblems as error:
        return problems_of(error)
    return []


def schema() -> None:
    """Print the JSON Schema of scenarios, for editors."""
    typer.echo(_core.json_schema())
