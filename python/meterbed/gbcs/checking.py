"""Many messages at once: files of hexadecimal text, and folders of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meterbed.gbcs.message import Check, KeyRing, MessageError, check

# The longest message that framing can say, as hexadecimal text with some white space.
MAXIMUM_TEXT = 4 * 70_000

WORDS = ("ok", "bad", "no_key", "none")


@dataclass
class Report:
    """Counts over all messages; `failed` names each file with what is wrong."""

    messages: int = 0
    decoded: int = 0
    identical: int = 0
    mac: Counter[str] = field(default_factory=Counter)
    signature: Counter[str] = field(default_factory=Counter)
    ciphered: int = 0
    decrypted: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.failed

    def add(self, name: str, result: Check) -> None:
        self.messages += 1
        self.decoded += result.decoded
        self.identical += result.identical
        self.mac[result.mac] += 1
        self.signature[result.signature] += 1
        self.ciphered += result.ciphered
        self.decrypted += result.decrypted
        if not result.ok:
            self.failed.append((name, result.failure))

    def as_dict(self) -> dict[str, Any]:
        return {
            "messages": self.messages,
            "decoded": self.decoded,
            "identical": self.identical,
            "mac": {word: self.mac[word] for word in WORDS},
            "signature": {word: self.signature[word] for word in WORDS},
            "ciphered": self.ciphered,
            "decrypted": self.decrypted,
            "failed": [{"file": name, "reason": reason} for name, reason in self.failed],
        }


def check_files(paths: Iterable[Path], keys: KeyRing) -> Report:
    """Checks every file, and every `.hex` or `.HEX` file in and below every folder, in the order of names."""
    report = Report()
    for path in _files(paths):
        try:
            report.add(str(path), check(read_hex(path), keys))
        except MessageError as error:
            report.add(str(path), Check(False, False, "none", "none", "none", 0, 0, str(error)))
    return report


def read_hex(path: Path) -> str:
    """The hexadecimal text of a file, without white space."""
    with path.open("rb") as file:
        raw = file.read(MAXIMUM_TEXT + 1)
    if len(raw) > MAXIMUM_TEXT:
        raise MessageError("larger than any message: a GBCS message has at most about 65 thousand octets")
    try:
        return "".join(raw.decode("ascii").split())
    except UnicodeDecodeError:
        raise MessageError("not hexadecimal text") from None


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() == ".hex" and file.is_file())
        elif path.is_file():
            yield path
        else:
            raise MessageError(f"there is no file or folder {path}")
