"""manifest.yaml: what was run, and what came of it. Keys: docs/run-folder.md."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from meterbed import _core
from meterbed.errors import RunFolderError
from meterbed.parallel import Result
from meterbed.verdicts import fold_expectations, fold_invariants
from meterbed.worlds import records_hash as records_hash

FILE = "manifest.yaml"


def describe(
    scenario: _core.Scenario, results: Sequence[Result], *, kernel: str, command: Sequence[str]
) -> dict[str, Any]:
    """`results` in the order (variant, repeat), the same repeats for each variant."""
    repeats = len({result.repeat for result in results})
    return {
        "scenario": Path(scenario.file).name,
        "title": scenario.title,
        "question": scenario.question,
        "source": scenario.source,
        "seed": scenario.seed,
        "repeats": repeats,
        "repeats_asked": scenario.repeats,
        "complete": repeats == scenario.repeats,
        "version": _core.__version__,
        "kernel": kernel,
        "records_sha256": records_hash([result.records_sha256 for result in results]),
        "start": scenario.start,
        "length_s": scenario.length_s,
        "variants": [dict(variant) for variant in scenario.variants],
        "expectations": [item.as_dict() for item in fold_expectations(expectations(scenario, results))],
        "measures": list(scenario.measures),
        "figures": [dict(figure) for figure in scenario.figures],
        "defaults": list(scenario.defaults),
        "always": [
            {"name": item.name, "held": item.held, "text": item.text}
            for item in fold_invariants([result.invariants for result in results])
        ],
        "report": list(scenario.report),
        "command": shlex.join(command),
    }


def expectations(scenario: _core.Scenario, results: Sequence[Result]) -> list[list[dict[str, Any]]]:
    """Of each world, and of each repeat what compares its variants, which no world can judge alone."""
    repeats: dict[int, dict[str, dict[str, float]]] = {}
    for result in results:
        repeats.setdefault(result.repeat, {})[result.variant] = result.metrics
    compared = [_core.compare(scenario, metrics) for _, metrics in sorted(repeats.items())]
    return [*(result.expectations for result in results), *compared]


def write(folder: Path, manifest: dict[str, Any]) -> None:
    """Nothing in it depends on the clock, the machine or the number of workers."""
    text = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=110)
    (folder / FILE).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    """Raises RunFolderError when the folder is not a run's."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except OSError:
        raise RunFolderError(f"{folder} is not a run folder: it has no {FILE}") from None
    manifest = yaml.safe_load(text)
    if not isinstance(manifest, dict):
        raise RunFolderError(f"{folder / FILE} is not a manifest")
    return manifest
