"""meterbed gbcs: read, check and replay messages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from meterbed.cli import gbcs_replaying
from meterbed.cli.output import NOT_HELD, guarded, print_json
from meterbed.gbcs import Description, KeyRing, Message, MessageError, check_files
from meterbed.gbcs.checking import read_hex

WIDE = 20_000

app = typer.Typer(name="gbcs", help="GBCS messages.", no_args_is_help=True)

Keys = Annotated[
    Path | None,
    typer.Option("--keys", metavar="DIR", help="Certificates and private keys: <EUI-64>-<ds|ka|pp-ka>.<pem|key>."),
]


def decode(
    message: Annotated[str, typer.Argument(metavar="FILE|HEX", help="A file of hexadecimal text, or the text itself.")],
    keys: Keys = None,
    as_json: Annotated[bool, typer.Option("--json", help="All values, and the description, as JSON.")] = False,
) -> None:
    """Show a message as a tree: names, units, times, money, certificates; with keys also what is encrypted."""
    ring = KeyRing(keys) if keys else None
    parsed = Message.parse(_hex(message), ring)
    description = parsed.describe(ring)
    if as_json:
        print_json({"message": parsed.to_dict(), "description": description.to_dict()})
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)  # a file or another program wants lines whole
    console.print(_tree(description))


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files of hexadecimal text, folders of them.")],
    keys: Keys = None,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
) -> None:
    """Decode, encode again and verify messages; exit code 1 when anything is wrong with one."""
    report = check_files(paths, KeyRing(keys))
    if as_json:
        print_json(report.as_dict())
    else:
        for name, reason in report.failed:
            typer.echo(f"{name}: {reason}")
        typer.echo(
            f"{report.messages} messages: {report.decoded} decoded, {report.identical} identical; "
            f"MAC {_counts(report.mac)}; signature {_counts(report.signature)}; "
            f"{report.decrypted} of {report.ciphered} encrypted blocks opened"
        )
    if not report.ok:
        raise typer.Exit(NOT_HELD)


app.command("decode")(guarded(decode))
app.command("check")(guarded(check))
app.command("replay")(guarded(gbcs_replaying.replay))


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts[word]} {word}" for word in ("ok", "bad", "no_key", "none") if counts[word]) or "none"


def _hex(message: str) -> str:
    """A path that exists is a file; hexadecimal text is too long for most file systems to ask."""
    try:
        is_file = len(message) < 4096 and Path(message).is_file()
    except OSError:
        is_file = False
    if is_file:
        return read_hex(Path(message))
    text = "".join(message.split())
    if not text or any(digit not in "0123456789abcdefABCDEF" for digit in text):
        raise MessageError(f"there is no file {message!r}, and it is no hexadecimal text either")
    return text


def _tree(description: Description) -> Tree:
    label = Text(description.name, style="bold")
    if description.text:
        label.append(f": {description.text}" if description.name else description.text, style="not bold")
    tree = Tree(label, guide_style="dim")
    for child in description.children:
        tree.children.append(_tree(child))
    return tree
