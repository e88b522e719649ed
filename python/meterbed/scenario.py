"""A scenario: checked data, nothing alive yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from meterbed import _core, tables
from meterbed.execute import Kernel, execute
from meterbed.run import Run


class Scenario:
    """A YAML story, read and checked as a whole.

    path: the YAML file.
    set: changes to it, as `--set` on the command line: a dotted path (`run.repeat`, `population.street.premises`)
        or the name of a setting (`hub hold-up`), and a value as written in YAML.
    seed, repeat: short for `run.seed` and `run.repeat`.

    Raises ScenarioProblems with every mistake at once.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        set: Mapping[str, object] | None = None,  # noqa: A002 - the word of the command line
        seed: int | None = None,
        repeat: int | None = None,
    ) -> None:
        self.path = Path(path)
        self.overrides = [(key, str(value)) for key, value in (set or {}).items()]
        if seed is not None:
            self.overrides.append(("run.seed", str(seed)))
        if repeat is not None:
            self.overrides.append(("run.repeat", str(repeat)))
        self._core = _core.load(str(path), self.overrides, tables.source(self.path.parent))

    @property
    def core(self) -> _core.Scenario:
        """The compiled core's scenario."""
        return self._core

    @property
    def title(self) -> str:
        return self._core.title

    @property
    def question(self) -> str:
        return self._core.question

    @property
    def source(self) -> str:
        """Where the question comes from, for example a committee paper."""
        return self._core.source

    @property
    def seed(self) -> int:
        return self._core.seed

    @property
    def repeats(self) -> int:
        return self._core.repeats

    @property
    def variants(self) -> list[str]:
        return [variant["name"] for variant in self._core.variants]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Figures used, each with value, unit, source, confidence and where it is used."""
        return self._core.figures

    def run(
        self,
        out: str | os.PathLike[str] | None = None,
        *,
        workers: int | None = None,
        kernel: Kernel = "systemc",
        progress: bool | Callable[[float], None] = False,
        report: bool = False,
        force: bool = False,
    ) -> Run:
        """Runs every variant as often as the scenario says.

        out: folder to make; None: a temporary one that goes away with the Run.
        workers: processes; None: one a core. With 1 everything happens in this process. More than one needs the
            usual `if __name__ == "__main__":` in scripts, as every use of multiprocessing does.
        progress: True for a bar on standard error, or a function that gets the share done from 0 to 1.
        report: also write report.html; `Run.report` does it later.
        force: replace `out` when it exists.

        Raises RunFolderError when `out` exists, RunInterrupted (a KeyboardInterrupt) after Ctrl-C.
        """
        return execute(
            self._core,
            None if out is None else Path(out),
            command=self.command(kernel),
            workers=workers,
            kernel=kernel,
            progress=progress,
            report=report,
            force=force,
        )

    def command(self, kernel: Kernel = "systemc") -> list[str]:
        """The words that run it again."""
        words = ["meterbed", "run", str(self.path)]
        for key, value in self.overrides:
            words += ["--set", f"{key}={value}"]
        return words if kernel == "systemc" else [*words, "--kernel", kernel]

    def __repr__(self) -> str:
        return f"Scenario({str(self.path)!r}, {self.title!r}, variants {', '.join(self.variants)})"
