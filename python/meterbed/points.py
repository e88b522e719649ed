"""The points of a sweep: settings, seed, variant and repeat, and the key that each is kept under."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from meterbed import _core
from meterbed.errors import MeterbedError
from meterbed.scenario import Scenario

# `--set` may not touch what a sweep counts by itself.
_OWN = {"run.seed": "seeds", "run.repeat": "repeat"}
_TABLES = {".csv", ".parquet"}


@dataclass(frozen=True)
class Point:
    """One world of a sweep. `scenario` has the settings in it, the seed stands beside it."""

    scenario: _core.Scenario
    setting: Mapping[str, object]
    seed: int
    variant: str
    repeat: int
    key: str

    @property
    def labels(self) -> dict[str, object]:
        """The first columns of its rows."""
        return {**self.setting, "seed": self.seed, "variant": self.variant, "repeat": self.repeat}

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.labels.items())


@dataclass(frozen=True)
class Grid:
    """What a sweep is asked to run.

    choices: values for each key of `--set`. seeds: None for the scenario's own. repeat: repeats of each seed.
    """

    path: Path
    choices: Mapping[str, Sequence[object]]
    seeds: Sequence[int] | None
    repeat: int

    @cached_property
    def points(self) -> list[Point]:
        """All of them, checked: by setting, seed, variant and repeat. Raises ScenarioProblems."""
        return [point for setting in self._settings() for point in self._points(setting)]

    @property
    def command(self) -> list[str]:
        """The words that run it again, or more of it."""
        words = ["meterbed", "sweep", str(self.path)]
        for key, values in self.choices.items():
            words += ["--set", f"{key}=[{', '.join(str(value) for value in values)}]"]
        if self.seeds is not None:
            words += ["--seeds", ",".join(map(str, self.seeds))]
        return words if self.repeat == 1 else [*words, "--repeat", str(self.repeat)]

    def _settings(self) -> list[dict[str, object]]:
        names = list(self.choices)
        return [dict(zip(names, values, strict=True)) for values in itertools.product(*self.choices.values())]

    def _checked(self, setting: Mapping[str, object]) -> Scenario:
        # Seeds differ in size only, so that the largest speaks for all.
        return Scenario(self.path, set=setting, seed=max(self.seeds) if self.seeds else None, repeat=self.repeat)

    def _points(self, setting: dict[str, object]) -> Iterator[Point]:
        scenario = self._checked(setting)
        story = fingerprint(scenario.core)
        for seed in self.seeds or [scenario.seed]:
            for variant, repeat in itertools.product(scenario.variants, range(scenario.repeats)):
                key = _digest([story, seed, variant, repeat])
                yield Point(scenario.core, setting, seed, variant, repeat, key)


def grid(path: str | os.PathLike[str], choices: Mapping[str, object], seeds: Iterable[int] | None, repeat: int) -> Grid:
    """Raises MeterbedError for a key without values and for seeds that are none."""
    for key in choices:
        if key in _OWN:
            raise MeterbedError(f"a sweep counts {key} by itself; use {_OWN[key]} instead")
    values = {key: _values(key, value) for key, value in choices.items()}
    return Grid(Path(path), values, None if seeds is None else _seeds(seeds), repeat)


def _values(key: str, value: object) -> list[object]:
    """A text or a number alone is one value; a value given twice counts once."""
    several = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    found = list({str(item): item for item in (value if several else [value])}.values())  # type: ignore[attr-defined]
    if not found:
        raise MeterbedError(f"'{key}' has no values to try")
    return found


def _seeds(seeds: Iterable[int]) -> list[int]:
    found = list(dict.fromkeys(int(seed) for seed in seeds))
    if not found:
        raise MeterbedError("there are no seeds to run")
    if min(found) < 0:
        raise MeterbedError(f"{min(found)} is not a seed; seeds are 0 or more")
    return found


def fingerprint(scenario: _core.Scenario) -> str:
    """Of everything but seed and repeats that decides what a world does: version, story without its comments, tables.

    The kernel and the machine are not in it, because they change no record.
    """
    document: Any = yaml.load(scenario.text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only, as they were written
    run = {key: value for key, value in document.get("run", {}).items() if key not in ("seed", "repeat")}
    tables = {name: content_digest(path) for name, path in tables_of(scenario).items()}
    return _digest([_core.__version__, {**document, "run": run}, tables])


def tables_of(scenario: _core.Scenario) -> dict[str, Path]:
    """The CSV and Parquet files that the story names, by the name it gives them: all below its own folder."""
    folder = Path(scenario.file).parent
    document: Any = yaml.load(scenario.text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    named = dict.fromkeys(text for text in _texts(document) if Path(text).suffix in _TABLES)
    return {name: folder / name for name in named if _stays_below(name) and (folder / name).is_file()}


def _stays_below(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def content_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
