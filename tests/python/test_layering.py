"""Arrows point one way (docs/architecture.md): this test reads the include and import lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# Layer -> what it may include by path, itself apart. The longest layer that fits a path is its layer.
MAY_INCLUDE = {
    "pki": [],
    "devices/gbcs": ["pki"],
    "devices": ["devices/gbcs", "pki"],
    "sim": ["devices", "devices/gbcs", "pki"],
    "sim/systemc": ["sim", "devices", "devices/gbcs", "pki"],
    "sim/scenario": ["sim", "sim/systemc", "sim/fleet", "devices", "devices/gbcs", "pki"],
    "sim/fleet": ["sim", "devices", "devices/gbcs", "pki"],
    "python/bindings": ["sim", "sim/systemc", "sim/scenario", "sim/fleet", "devices", "devices/gbcs", "pki"],
}
# Library header -> the only folder that may include it.
ONLY_IN = {
    r"systemc|tlm.*": "sim/systemc",
    r"yaml-cpp/.*": "sim/scenario",
    r"pybind11/.*": "python/bindings",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
# The simulated world knows simulated time and its own random streams only.
CLOCK_OR_ENTROPY = re.compile(
    r"system_clock::now|steady_clock|high_resolution_clock|random_device|RAND_(?:priv_)?bytes"
    r"|(?<![\w.>])s?rand\s*\(|(?<![\w.>])(?:std::)?time\s*\(\s*(?:NULL|nullptr|0|&)|gettimeofday|clock_gettime"
)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def sources(root: Path) -> Iterator[tuple[str, str]]:
    """Path from the root, and text, of all C++ below the layers."""
    for top in ("pki", "devices", "sim", "python/bindings"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in {".h", ".cpp"}:
                yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def layer_of(path: str) -> str | None:
    fitting = [layer for layer in MAY_INCLUDE if path.startswith(layer + "/")]
    return max(fitting, key=len, default=None)


def complaints(path: str, text: str) -> Iterator[str]:
    """A sentence for each arrow that turns round."""
    layer = layer_of(path)
    for bracket, header in INCLUDE.findall(text):
        if bracket == '"':
            other = layer_of(header)
            if other is None:
                yield f'{path} includes "{header}": include by path from the root'
            elif layer is not None and other != layer and other not in MAY_INCLUDE[layer]:
                yield f'{path} includes "{header}": {layer} must not know {other}'
            continue
        for pattern, home in ONLY_IN.items():
            if re.fullmatch(pattern, header) and not path.startswith(home + "/"):
                yield f"{path} includes <{header}>: only {home} may"
        if header.startswith("openssl/") and not path.endswith(".cpp"):
            yield f"{path} includes <{header}>: OpenSSL belongs in .cpp files only"


def test_arrows_point_one_way(root: Path) -> None:
    found = [sentence for path, text in sources(root) for sentence in complaints(path, text)]
    assert not found, "\n".join(found)


def test_an_arrow_that_turns_round_is_noticed() -> None:
    text = '#include <openssl/evp.h>\n#include <systemc>\n#include "sim/world.h"\n#include "roles.h"\n'
    assert list(complaints("pki/new.h", text)) == [
        "pki/new.h includes <openssl/evp.h>: OpenSSL belongs in .cpp files only",
        "pki/new.h includes <systemc>: only sim/systemc may",
        'pki/new.h includes "sim/world.h": pki must not know sim',
        'pki/new.h includes "roles.h": include by path from the root',
    ]
    assert list(complaints("sim/world.cpp", '#include "sim/scenario/scenario.h"')) == [
        'sim/world.cpp includes "sim/scenario/scenario.h": sim must not know sim/scenario'
    ]


def test_reports_read_run_folders_only(root: Path) -> None:
    """They rebuild a report years later, without the simulator."""
    found = [
        f"reports/{path.name} imports {module}: reports read run folders only"
        for path in sorted((root / "reports").glob("*.py"))
        for module in imported(path.read_text(encoding="utf-8"))
        if module.split(".")[0] in {"meterbed", "reports"}
    ]
    assert not found, "\n".join(found)


def imported(text: str) -> Iterator[str]:
    """Modules that a Python file imports by absolute name."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def test_no_clock_and_no_entropy_below_python(root: Path) -> None:
    found = [
        f"{path} uses {match[0]}: time and randomness are arguments"
        for path, text in sources(root)
        if not path.startswith("python/")
        for match in CLOCK_OR_ENTROPY.finditer(COMMENT.sub("", text))
    ]
    assert not found, "\n".join(found)
