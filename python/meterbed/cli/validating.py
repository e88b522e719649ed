"""meterbed validate, meterbed schema"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from meterbed import _core, memory, parallel, worlds
from meterbed.cli.output import BAD_INPUT, print_json, say_problems
from meterbed.errors import Problem, ScenarioProblems, problems_of
from meterbed.scenario import Scenario


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenarios to check.")],
    as_json: Annotated[bool, typer.Option("--json", help="The mistakes as JSON.")] = False,
) -> None:
    """Check scenarios and list every mistake, and tell how much memory fleets need; nothing runs."""
    stories, problems = _read(files)
    say_problems(problems)
    needs = {file: _memory(story) for file, story in stories.items() if story.core.scale == "fleet"}
    if as_json:
        bytes_of = {str(file): vars(need) for file, need in needs.items()}
        valid = [str(file) for file in stories]
        print_json({"valid": valid, "problems": [vars(problem) for problem in problems], "memory": bytes_of})
    else:
        for file in stories:
            typer.echo(f"{file}: good")
            if file in needs:
                typer.echo(f"{file}: {needs[file]}")
    if problems:
        raise typer.Exit(BAD_INPUT)


@dataclass(frozen=True)
class _Memory:
    """What a run here is expected to need, in bytes, and what there is."""

    processes: int
    needed: int
    machine: int
    refused: bool

    def __str__(self) -> str:
        refused = ", so that it would be refused" if self.refused else ""
        processes = "1 process" if self.processes == 1 else f"{self.processes} processes"
        return (
            f"a run in {processes} needs about {self.needed / memory.GIB:.1f} GiB of memory, "
            f"the machine has {self.machine / memory.GIB:.1f} GiB{refused}"
        )


def _memory(story: Scenario) -> _Memory:
    processes = parallel.processes(worlds.of_run(story.core), None)
    need, have = memory.needed(story.core, processes), memory.of_machine()
    return _Memory(processes, need, have, need > have)


def _read(files: list[Path]) -> tuple[dict[Path, Scenario], list[Problem]]:
    """The good ones, and the mistakes of the others."""
    stories: dict[Path, Scenario] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            stories[file] = Scenario(file)
        except ScenarioProblems as error:
            problems += problems_of(error)
    return stories, problems


def schema() -> None:
    """Print the JSON Schema of scenarios, for editors."""
    typer.echo(_core.json_schema())
