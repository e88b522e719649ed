"""manifest.yaml as values; the keys are those of docs/run-folder.md."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .errors import ReportError

FILE = "manifest.yaml"


@dataclass(frozen=True)
class Variant:
    """One of the worlds compared; `changes` in the words of the scenario."""

    name: str
    changes: list[str]


@dataclass(frozen=True)
class Expectation:
    """An `expect` over all repeats. `rule` is what was expected as written, for example `at most 0.1 %`."""

    rule: str
    variant: str
    metric: str
    verdict: str
    bound: Any
    values: list[float]


@dataclass(frozen=True)
class Invariant:
    """An `always`; `text` tells of the first time it broke."""

    name: str
    held: bool
    text: str


@dataclass(frozen=True)
class Manifest:
    """What was run and what came of it. Lists that the folder does not have are empty."""

    title: str
    question: str
    source: str
    scenario: str
    seed: str
    repeats: int
    repeats_asked: int
    complete: bool
    version: str
    kernel: str
    records_sha256: str
    start: str
    length_s: float | None
    command: str
    variants: list[Variant]
    expectations: list[Expectation]
    measures: list[str]
    figures: list[dict[str, str]]
    defaults: list[str]
    always: list[Invariant]
    report: list[str]
    limits: list[str]
    text: str = field(repr=False)

    @property
    def variant_names(self) -> list[str]:
        """In the order of the scenario; the first is what the others are compared with."""
        return [variant.name for variant in self.variants]


def read(folder: Path) -> Manifest:
    """Raises ReportError when there is none, or it cannot be understood."""
    data, text = read_yaml(folder, FILE)
    for key in ("title", "variants", "repeats"):
        if key not in data:
            raise ReportError(f"{folder / FILE} is damaged: it has no '{key}'")
    try:
        return _manifest(data, text)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ReportError(f"{folder / FILE} is damaged: {type(error).__name__}: {error}") from error


def read_yaml(folder: Path, name: str) -> tuple[dict[str, Any], str]:
    """A YAML map of the folder, and its text."""
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.safe_load(text)
    except FileNotFoundError:
        raise ReportError(f"{folder} is not a run folder: it has no {name}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReportError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise ReportError(f"{path} is damaged: it is not a map")
    return data, text


def _manifest(data: Mapping[str, Any], text: str) -> Manifest:
    repeats = int(data["repeats"])
    asked = int(data.get("repeats_asked", repeats))
    length = data.get("length_s")
    return Manifest(
        **{key: str(data.get(key) or "") for key in _TEXTS},
        repeats=repeats,
        repeats_asked=asked,
        start=_minute(data.get("start")),
        complete=bool(data.get("complete", repeats == asked)),
        length_s=None if length is None else float(length),
        variants=[Variant(str(row["name"]), _lines(row.get("changes"))) for row in data["variants"]],
        expectations=[_expectation(row) for row in data.get("expectations") or []],
        measures=_lines(data.get("measures")),
        figures=[{str(key): _word(value) for key, value in row.items()} for row in data.get("figures") or []],
        defaults=_lines(data.get("defaults")),
        always=[_invariant(row) for row in data.get("always") or []],
        report=_lines(data.get("report")),
        limits=_lines(data.get("limits")),
        text=text,
    )


_TEXTS = (
    "title",
    "question",
    "source",
    "scenario",
    "seed",
    "version",
    "kernel",
    "records_sha256",
    "command",
)


def _expectation(row: Mapping[str, Any]) -> Expectation:
    metric = str(row["metric"])
    return Expectation(
        rule=str(row["name"]).removeprefix(f"{metric}: "),
        variant=str(row["variant"]),
        metric=metric,
        verdict=str(row["verdict"]),
        bound=row.get("bound"),
        values=[math.nan if value is None else float(value) for value in row.get("values") or []],
    )


def _invariant(row: Any) -> Invariant:
    if not isinstance(row, Mapping):
        return Invariant(str(row), True, "")
    return Invariant(str(row["name"]), bool(row.get("held", True)), str(row.get("text") or ""))


def _lines(value: Any) -> list[str]:
    """A list, a map or a text as lines."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [f"{key}: {_word(item)}" for key, item in value.items()]
    if isinstance(value, list):
        return [line for item in value for line in (_lines(item) if isinstance(item, Mapping) else [_word(item)])]
    return [_word(value)]


def _minute(value: Any) -> str:
    """A time to the minute, UTC; seconds when there are any."""
    text = str(value or "").replace("T", " ").removesuffix("Z").removesuffix("+00:00").partition(".")[0]
    return text.removesuffix(":00") if text.count(":") == 2 else text


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
