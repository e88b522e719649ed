"""Shared by the Python tests: where the checkout is, a small scenario, the command as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Meterbed = Callable[..., subprocess.CompletedProcess[str]]


def command(*words: object) -> list[str]:
    """The words that start meterbed as a process."""
    return [sys.executable, "-P", "-m", "meterbed", *map(str, words)]


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def small(root: Path) -> Path:
    """A scenario of two variants that runs in a moment."""
    return root / "tests/python/data/small.yaml"


@pytest.fixture
def meterbed(tmp_path: Path) -> Meterbed:
    """Runs the command in an empty folder; `env` adds variables."""

    def call(*words: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*words),
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "120", **(env or {})},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def complaints(root: Path) -> Callable[..., list[str]]:
    """What the published schemas say against a DUIS Response and its body; nothing where they are absent."""
    from lxml import etree

    folder = root.parent / "shared/duis/schema"
    if not folder.is_dir():
        return lambda answer: []
    schemas = [etree.XMLSchema(etree.parse(str(folder / f"{name}-5.4.xsd"))) for name in ("duis", "mmc")]

    def check(answer: Any) -> list[str]:
        found = []
        for schema, tree in zip(schemas, (answer.root, answer.mmc), strict=True):
            schema.validate(tree)
            found += [entry.message for entry in schema.error_log]
        return found

    return check
