"""meterbed duis transform, meterbed duis response"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from meterbed.cli.duis_response import response_files
from meterbed.cli.output import HELD, NOT_HELD, guarded, print_json, say
from meterbed.duis import DeviceKind, DuisError, KeyFolder, Options, Request, Transformed, parse, transform
from meterbed.errors import MeterbedError
from meterbed.eui import eui

app = typer.Typer(name="duis", help="DUIS requests and responses.", no_args_is_help=True)


def transform_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Service Requests (XML).")],
    keys: Annotated[Path | None, typer.Option("--keys", help="Folder of EUI-use.pem and EUI-use.key.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
    schema: Annotated[Path | None, typer.Option("--schema", help="The DUIS schema to check against.")] = None,
    device: Annotated[
        list[str] | None,
        typer.Option("--device", help="EUI=TYPE[,polyphase][,superseded]: what the EUI does not say; repeatable."),
    ] = None,
    use_case: Annotated[str, typer.Option("--use-case", help="Where a request can mean several: this one.")] = "",
    acb: Annotated[str | None, typer.Option("--acb", help="The ACB's EUI; else the one in --keys.")] = None,
    acb_counter: Annotated[int | None, typer.Option("--acb-counter", help="The ACB's originator counter.")] = None,
    cos: Annotated[str | None, typer.Option("--cos", help="The CoS Party's EUI; else the one in --keys.")] = None,
    cos_counter: Annotated[int | None, typer.Option("--cos-counter", help="The CoS Party's counter.")] = None,
    issued_at: Annotated[
        datetime | None,
        typer.Option("--issued-at", help="When the DCC makes the commands, UTC: the Issuer Event ID of gas commands."),
    ] = None,
    cin: Annotated[str | None, typer.Option("--cin", help="The customer identification number the DCC draws.")] = None,
    device_log: Annotated[
        list[str] | None,
        typer.Option("--device-log", help="EUI=TYPE: an entry of the backup that 8.12.2 restores; repeatable."),
    ] = None,
    hub_log: Annotated[
        list[str] | None,
        typer.Option("--hub-log", help="EUI=KEY: an entry of the backup that 8.12.1 restores; repeatable."),
    ] = None,
    han: Annotated[str | None, typer.Option("--han", help="The identifier of the HAN that 8.12.1 restores.")] = None,
) -> None:
    """Turn Service Requests into the GBCS pre-commands or commands they stand for.

    Some requests mean one use case on one kind of device and another elsewhere. `--use-case` decides, else a file name
    that begins with one of them (ECS26k_6.2.1_SUCCESS.XML, as public test requests are named), else the device.
    `others` has what the request would be elsewhere.

    Exit codes: 0 every request meant for a device was transformed (those the DCC answers itself say so in `error` and
    count as well done), 1 some could not be, 2 nothing could be tried (bad options, unreadable files).
    """
    folder = KeyFolder(keys) if keys else None
    options = Options(
        devices=dict(_device(text) for text in device or []),
        acb=_eui(acb) if acb else None,
        acb_counter=acb_counter,
        cos=_eui(cos) if cos else None,
        cos_counter=cos_counter,
        use_case=use_case,
        issued_at=issued_at.replace(tzinfo=UTC) if issued_at else None,
        cin=cin,
        device_log=[(eui, kind.type) for eui, kind in map(_device, device_log or [])],
        han=_eui(han) if han else 0,
        hub_log=[_hub_entry(text) for text in hub_log or []],
    )
    rows, good = [], True
    for file in files:
        row, fine = _row(file, folder, schema, options)
        rows.append(row)
        good = good and fine
        if not as_json:
            _print(row)
    if as_json:
        print_json(rows)
    raise typer.Exit(HELD if good else NOT_HELD)


def _row(file: Path, keys: KeyFolder | None, schema: Path | None, options: Options) -> tuple[dict[str, Any], bool]:
    row: dict[str, Any] = dict.fromkeys(["request_id", "srv", "use_case", "kind", "hex", "error"])
    row = {"file": str(file), **row, "chosen_by": None, "others": []}
    try:
        request = parse(file, schema)
        row |= {"request_id": request.request_id, "srv": request.srv}
        made, chosen_by = _transformed(file, request, keys, options)
    except DuisError as error:
        return row | {"error": str(error)}, error.dcc_only
    row |= {"use_case": made.use_case, "kind": made.kind, "hex": made.octets.hex().upper(), "chosen_by": chosen_by}
    row["others"] = [_other(request, keys, options, use_case) for use_case in made.others]
    return row, True


def _transformed(
    file: Path, request: Request, keys: KeyFolder | None, options: Options
) -> tuple[Transformed, str | None]:
    """The message, and what chose its use case where the request can mean several."""
    made = transform(request, keys, options)
    if not made.others:
        return made, None
    if options.use_case:
        return made, "option"
    named = [use_case for use_case in (made.use_case, *made.others) if file.name.startswith(use_case)]
    if not named:
        return made, "device"
    return transform(request, keys, replace(options, use_case=max(named, key=len))), "file name"


def _other(request: Request, keys: KeyFolder | None, options: Options, use_case: str) -> dict[str, str]:
    made = transform(request, keys, replace(options, use_case=use_case))
    return {"use_case": made.use_case, "hex": made.octets.hex().upper()}


def _print(row: dict[str, Any]) -> None:
    if row["error"]:
        say(row["error"])
    else:
        typer.echo(f"{row['file']}: {row['srv']} {row['use_case']} {row['kind']} {row['hex']}")


def _eui(text: str) -> int:
    try:
        return eui(text)
    except ValueError as error:
        raise MeterbedError(str(error)) from None


def _device(text: str) -> tuple[int, DeviceKind]:
    eui, _, kind = text.partition("=")
    name, *marks = kind.split(",")
    known = ["ESME", "GSME", "CHF", "GPF", "PPMID", "HCALCS", "SAPC", "IHD", "CAD"]
    if name not in known or not set(marks) <= {"polyphase", "superseded"}:
        raise MeterbedError(f"'{text}' is not EUI=TYPE[,polyphase][,superseded]; TYPE is one of {', '.join(known)}")
    return _eui(eui), DeviceKind(name, "polyphase" in marks, "superseded" in marks)


def _hub_entry(text: str) -> tuple[int, bytes]:
    eui, _, key = text.partition("=")
    try:
        octets = bytes.fromhex(key)
    except ValueError:
        octets = b""
    if len(octets) != 16:
        raise MeterbedError(f"'{text}' is not EUI=KEY with a key of 16 octets in hexadecimal")
    return _eui(eui), octets


app.command("transform")(guarded(transform_files))
app.command("response")(guarded(response_files))
