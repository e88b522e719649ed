"""How the command speaks: the answer on standard output, everything else on standard error."""

from __future__ import annotations

import functools
import json
import math
import os
import sys
from collections.abc import Callable
from typing import Any, ParamSpec

import typer

from meterbed.errors import MeterbedError, Problem, RunInterrupted, ScenarioProblems, SweepInterrupted, problems_of

HELD, NOT_HELD, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

P = ParamSpec("P")


def say(text: str) -> None:
    """A line for the person at the terminal, on standard error."""
    print(text, file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """The one JSON document of `--json`, on standard output; numbers that are not numbers become null."""
    print(json.dumps(_plain(document), indent=2, ensure_ascii=False, allow_nan=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def say_problems(problems: list[Problem]) -> None:
    """One line each: file:line:column: message."""
    for problem in problems:
        say(str(problem))


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Bad input leaves as a sentence and exit code 2, Ctrl-C as 130; only bugs leave as tracebacks."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            command(*args, **kwargs)
        except ScenarioProblems as error:
            _bad_input(problems_of(error), as_json)
        except (MeterbedError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                _leave_quietly()
            _bad_input([Problem("", 0, 0, "", str(error), "")], as_json)
        except KeyboardInterrupt as error:
            say(_stopped(error))
            raise typer.Exit(INTERRUPTED) from None

    return wrapper


def _bad_input(problems: list[Problem], as_json: bool) -> None:
    for problem in problems:
        say(str(problem) if problem.file else f"meterbed: {problem.message}")
    if as_json:
        print_json({"problems": [vars(problem) for problem in problems]})
    raise typer.Exit(BAD_INPUT)


def _stopped(error: KeyboardInterrupt) -> str:
    if isinstance(error, SweepInterrupted):
        return str(error)
    if not isinstance(error, RunInterrupted):
        return "stopped"
    if error.folder is None:
        return "stopped: no repeat had finished, nothing was written"
    return (
        f"stopped: {error.finished} of {error.asked} repeats kept in {error.folder}; "
        f"`meterbed report {error.folder}` writes their report"
    )


def _leave_quietly() -> None:
    """The reader of standard output went away, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)
