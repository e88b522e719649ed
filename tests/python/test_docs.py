"""What the documents say works: Python blocks run, commands and links exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from meterbed.vocabulary import KINDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (str(page.relative_to(ROOT)), text)
        for page in PAGES
        for kind, text in BLOCK.findall(page.read_text(encoding="utf-8"))
        if kind == language
    ]


@pytest.mark.parametrize(("page", "text"), blocks("python"))
def test_python_blocks_run(page: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    exec(compile(text, page, "exec"), {"__name__": "block"})  # noqa: S102 - our own pages


COMMANDS = [(page, line) for page, text in blocks("sh") for line in text.splitlines() if line.startswith("./meterbed")]


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_commands_name_what_exists(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    assert words[1] in {
        "run",
        "bench",
        "sweep",
        "trace",
        "validate",
        "list",
        "report",
        "schema",
        "test",
        "setup",
        "duis",
        "gbcs",
        "utrn",
    }, page
    for word in words[2:]:
        if word.startswith("scenarios/") and "*" not in word:
            assert (ROOT / word).is_file(), f"{page} names {word}"
    if words[1] == "list":
        assert words[2] in KINDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert not missing
