"""meterbed gbcs replay"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meterbed.cli.output import NOT_HELD, print_json
from meterbed.errors import MeterbedError
from meterbed.gbcs.replay import Replay
from meterbed.gbcs.replay import replay as replay_folder


def replay(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Messages as hexadecimal files, and folders of them.")],
    keys: Annotated[Path, typer.Option("--keys", metavar="DIR", help="Certificates and organisations' private keys.")],
    device: Annotated[
        list[str] | None,
        typer.Option(
            "--device", metavar="EUI=TYPE", help="Type of a device beside the reference ones: ESME, GSME, ..."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
) -> None:
    """Let simulated devices execute recorded commands and compare their answers and alerts.

    Devices of the Reference Test Data Set are known: 00-DB-12-34-56-78-90-A0 ESME, A1 GSME, A2 CHF, A3 GPF,
    A4 PPMID, A5 HCALCS, A6 SAPC. Exit code 1 when something differs.
    """
    result = replay_folder(folder, keys, _types(device or []))
    if as_json:
        print_json(result.as_dict())
    else:
        _print(result)
    if result.failed:
        raise typer.Exit(NOT_HELD)


def _types(options: list[str]) -> dict[str, str]:
    types = {}
    for option in options:
        eui, equals, name = option.partition("=")
        if not equals or not name:
            raise MeterbedError(f"--device {option}: write EUI=TYPE, for example 00-DB-12-34-56-78-90-A0=ESME")
        types[eui] = name
    return types


def _print(result: Replay) -> None:
    for difference in result.failed:
        typer.echo(f"{difference.pair}: {difference.reason}")
    typer.echo(
        f"{result.pairs} pairs: {result.equal} equal, {result.equal_to_signature} equal but for the signature, "
        f"{result.loaded} with loaded data, {result.faults} with an injected fault"
    )
    typer.echo(f"{result.alerts} alerts: {result.alerts_equal} equal")
