"""Shared by the Python tests: where the checkout is, a small scenario, the command as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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
