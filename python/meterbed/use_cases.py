"""docs/use-cases.md from the tables of the core and what a replay of reference messages counted.

python -m meterbed.use_cases docs [MESSAGES KEYS]      writes use-cases.md; with messages first use-cases.csv anew
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from meterbed.vocabulary import vocabulary

COUNTS = ("messages", "pairs", "pairs_equal", "alerts", "alerts_equal")
Evidence = dict[int, dict[str, int]]

HEAD = """# Use cases

Made by `python -m meterbed.use_cases docs`: do not edit. Names, codecs, devices and executors are the tables of the code
(`meterbed list use-cases`); the evidence is what `meterbed gbcs replay` counted over reference messages (use-cases.csv). A pair
counts as equal when all octets are, a signature made with an unpublished key apart.

| Use case | Code | Codec | Device behaviour | Reference messages |
|---|---|---|---|---|
"""


def read_evidence(file: Path) -> Evidence:
    """The recorded counts by message code."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {int(row["code"], 16): {name: int(row[name]) for name in COUNTS} for row in csv.DictReader(lines)}


def count_evidence(messages: Path, keys: Path) -> Evidence:
    """Replays the messages and counts by message code."""
    from meterbed import _core
    from meterbed.gbcs.replay import replay

    failed = {difference.pair for difference in replay(messages, keys).failed}
    counts: dict[int, Counter[str]] = {}
    for path in sorted(messages.rglob("*.HEX")):
        header = _core.message_header(bytes.fromhex(path.read_text(encoding="ascii")))
        count = counts.setdefault(header["code"], Counter())
        count["messages"] += 1
        what = {"command": "pairs", "alert": "alerts"}.get(header["kind"])
        if what:
            count[what] += 1
            count[f"{what}_equal"] += f"{path.parent.name}/{path.name}" not in failed
    return {code: {name: count[name] for name in COUNTS} for code, count in sorted(counts.items())}


def write_evidence(evidence: Evidence, file: Path) -> None:
    """For `read_evidence`."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["code", *COUNTS])
        writer.writerows([f"0x{code:04X}", *(count[name] for name in COUNTS)] for code, count in evidence.items())


def page(evidence: Evidence) -> str:
    """The whole of docs/use-cases.md."""
    lines = []
    for row in vocabulary("use-cases"):
        cells = (f"{row['name']} {row['description']}", f"0x{row['code']:04X}", f"{row['codec']}, typed")
        lines.append("| " + " | ".join([*cells, _behaviour(row), _told(evidence.get(row["code"]))]) + " |")
    return HEAD + "\n".join(lines) + "\n"


def _behaviour(row: dict[str, object]) -> str:
    devices = ", ".join(map(str, row["devices"])) if isinstance(row["devices"], list) else ""
    if row["kind"] == "alert":
        return f"sent by {devices or 'the device'}"
    if not row["executor"]:
        return f"{row['kind']}: read and written only, {devices or 'no device'} does not execute it"
    return f"{row['executor']} on {devices}"


def _told(count: dict[str, int] | None) -> str:
    if count is None:
        return "no public message"
    parts = [f"{count['messages']} messages"]
    if count["pairs"]:
        parts.append(f"{count['pairs_equal']} of {count['pairs']} pairs equal")
    if count["alerts"]:
        parts.append(f"{count['alerts_equal']} of {count['alerts']} alerts equal")
    return "; ".join(parts)


def main(words: list[str]) -> None:
    """The command of this module's first lines."""
    folder, record = Path(words[0]), Path(words[0]) / "use-cases.csv"
    if len(words) == 3:
        write_evidence(count_evidence(Path(words[1]), Path(words[2])), record)
    (folder / "use-cases.md").write_text(page(read_evidence(record)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
