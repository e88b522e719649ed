"""meterbed duis response"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from meterbed.cli.output import HELD, NOT_HELD, print_json, say
from meterbed.duis import Answer, DuisError, Request, ResponseError, parse
from meterbed.duis.answering import response
from meterbed.duis.xml import XmlError, schema_setting, validate
from meterbed.errors import MeterbedError
from meterbed.gbcs import KeyRing

# Beside the DUIS schema, which imports it: what the MMC document is checked against.
MMC_SCHEMA = "mmc-*.xsd"


def response_files(
    messages: Annotated[list[str], typer.Argument(metavar="FILE|HEX...", help="GBCS responses and alerts.")],
    keys: Annotated[
        Path | None, typer.Option("--keys", help="Folder of EUI-use.pem and EUI-use.key: opens encrypted parts.")
    ] = None,
    request: Annotated[
        Path | None, typer.Option("--request", help="The Service Request (XML) that they answer.")
    ] = None,
    srv: Annotated[
        str | None, typer.Option("--srv", help="The service they answer, where a use case has several.")
    ] = None,
    schema: Annotated[
        Path | None, typer.Option("--schema", help="The DUIS schema to check against; the MMC's beside it.")
    ] = None,
    when: Annotated[str | None, typer.Option("--when", help="ResponseDateTime; else now.")] = None,
    cin: Annotated[
        str | None, typer.Option("--cin", help="The Customer Identification Number that the DCC made (9.1).")
    ] = None,
    mmc: Annotated[bool, typer.Option("--mmc", help="The decoded body instead of the DUIS Response.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> None:
    """Turn GBCS responses and alerts into DUIS Responses, and decode their bodies (Message Mapping Catalogue).

    Exit codes: 0 all were turned and none is invalid, 1 some could not be or are, 2 nothing could be tried.
    """
    try:
        given = parse(request) if request else None
    except DuisError as error:
        raise MeterbedError(str(error)) from None
    ring = KeyRing(keys) if keys else None
    schemas = _schemas(schema or schema_setting())
    stamp = when or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    rows = []
    for text in messages:
        row = _row(text, ring, given, {"srv": srv, "cin": cin}, stamp, schemas)
        rows.append(row)
        if not as_json:
            _print(row, mmc)
    if as_json:
        print_json([{**row, "xml": row["mmc"]} for row in rows] if mmc else rows)
    raise typer.Exit(HELD if all(row["error"] is None and row["valid"] is not False for row in rows) else NOT_HELD)


def _row(
    text: str,
    keys: KeyRing | None,
    request: Request | None,
    options: dict[str, str | None],
    when: str,
    schemas: tuple[Path, Path | None] | None,
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(
        ["kind", "use_case", "srv", "response_id", "xml", "mmc", "decoded", "unmapped", "valid", "error"]
    )
    row = {"file": text if Path(text).exists() else None, **row}
    try:
        made = response(_octets(text), request, keys, when=when, srv=options["srv"], cin=options["cin"])
    except (ResponseError, DuisError) as error:
        return row | {"error": str(error)}
    row |= {
        "kind": made.kind,
        "use_case": made.use_case,
        "srv": made.srv,
        "response_id": made.response_id,
        "xml": made.xml,
        "mmc": made.mmc_xml,
        "decoded": made.decoded,
        "unmapped": [path for path, _ in made.unmapped],
    }
    faults = [made.failure] if made.failure else []
    if schemas is not None:
        complaints = _complaints(made, *schemas)
        row["valid"] = not complaints
        faults += complaints
    return row | {"error": "; ".join(faults) or None}


def _octets(text: str) -> bytes | str:
    """A file of hexadecimal text or of the octets themselves, or hexadecimal text."""
    path = Path(text)
    try:
        is_file = path.is_file()
    except OSError:  # a long message is no name of a file
        is_file = False
    if not is_file:
        return text
    content = path.read_bytes()
    try:
        return bytes.fromhex(content.decode("ascii"))
    except ValueError:
        return content


def _schemas(schema: Path | None) -> tuple[Path, Path | None] | None:
    if schema is None:
        return None
    return schema, next(iter(sorted(schema.parent.glob(MMC_SCHEMA))), None)


def _complaints(made: Answer, schema: Path, mmc_schema: Path | None) -> list[str]:
    try:
        found = validate(made.root, schema)
        if mmc_schema is not None:
            found += validate(made.mmc, mmc_schema)
    except XmlError as error:
        raise MeterbedError(str(error)) from None
    return [message for _, message in found]


def _print(row: dict[str, Any], mmc: bool) -> None:
    if row["error"]:
        say(f"{row['file'] or 'message'}: {row['error']}")
    if row["xml"]:
        typer.echo(row["mmc"] if mmc else row["xml"])
