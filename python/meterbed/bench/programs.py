"""The benchmark programs of a checkout: built when they are missing, run as processes of their own."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from meterbed.errors import MeterbedError

CHECKOUT = Path(__file__).resolve().parents[3]
TREE = CHECKOUT / "build/release"


class BenchError(MeterbedError):
    """A benchmark can not run, or its programs disagree."""


def program(name: str) -> list[str]:
    """The words that start a C++ program of `bench/`, brought up to date first."""
    _check_checkout()
    _configure()
    _cmake(["--build", str(TREE), "--target", name], f"building {name}")
    return [str(TREE / "bench" / name)]


def script(path: str, *needs: str) -> list[str]:
    """The words that start a Python program of `bench/`."""
    _check_checkout()
    for module in needs:
        if importlib.util.find_spec(module) is None:
            raise BenchError(f"{module} is not installed: {sys.executable} -m pip install {module}")
    return [sys.executable, str(CHECKOUT / "bench" / path)]


def lines_of(words: list[str]) -> list[dict[str, Any]]:
    """Runs a program; the lines of JSON that it printed, without what else it said."""
    return [json.loads(line) for line in output_of(words).splitlines() if line.startswith("{")]


def output_of(words: list[str]) -> str:
    """Runs a program; what it printed."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise BenchError(f"{' '.join(words)} ended with {done.returncode}: {last[0]}")
    return done.stdout


def _check_checkout() -> None:
    if not (CHECKOUT / "bench/CMakeLists.txt").is_file():
        raise BenchError("meterbed bench needs a checkout, for its programs are not part of an installed package")


def _configure() -> None:
    """Where `./meterbed` did so already, that is enough."""
    if not (TREE / "build.ninja").is_file():
        _cmake(["-S", str(CHECKOUT), "--preset", "release"], "configuring build/release; the first build takes minutes")


def _cmake(words: list[str], doing: str) -> None:
    if shutil.which("cmake") is None:
        raise BenchError("cmake is not installed, and builds the benchmark programs: apt install cmake ninja-build")
    # To a person this is news only when it takes long; ./meterbed holds the same lock while it builds.
    print(f"meterbed: {doing}", file=sys.stderr, flush=True)
    (CHECKOUT / "build").mkdir(exist_ok=True)
    with (CHECKOUT / "build/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            ["cmake", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-20:])
        raise BenchError(f"failed: cmake {' '.join(words)}\n{tail}")
