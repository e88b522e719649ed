"""meterbed utrn make, meterbed utrn check"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from meterbed import _core, utrn
from meterbed.cli.output import NOT_HELD, guarded, print_json
from meterbed.errors import MeterbedError

commands = typer.Typer(help="Make and check UTRNs, the digits of a prepayment top-up.", no_args_is_help=True)

Keys = Annotated[
    Path | None,
    typer.Option("--keys", help="Folder with the Supplier's pp-ka and the device's ka key and certificate."),
]
Secret = Annotated[
    str | None, typer.Option("--secret", help="Instead of keys: the shared secret, 64 hexadecimal digits.")
]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]


def make(
    supplier: Annotated[str, typer.Option("--supplier", help="EUI-64 of the Supplier.")],
    device: Annotated[str, typer.Option("--device", help="EUI-64 of the meter.")],
    counter: Annotated[
        str, typer.Option("--counter", help="UTRN counter, or the originator counter; 0x for hexadecimal.")
    ],
    value: Annotated[str | None, typer.Option("--value", help="Pounds, for example 10.00.")] = None,
    pence: Annotated[int | None, typer.Option("--pence", help="Instead of pounds: pence.")] = None,
    keys: Keys = None,
    secret: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Make a UTRN."""
    try:
        made = utrn.make(
            supplier, device, _number(counter), value=value, pence=pence, keys=keys, secret=_octets(secret)
        )
    except ValueError as error:
        raise MeterbedError(str(error)) from None
    if as_json:
        print_json(asdict(made))
    else:
        typer.echo(made.code)


def check(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The digits; spaces and '-' between them are allowed.")],
    supplier: Annotated[str | None, typer.Option("--supplier", help="EUI-64 of the Supplier.")] = None,
    device: Annotated[str | None, typer.Option("--device", help="EUI-64 of the meter.")] = None,
    counter: Annotated[str | None, typer.Option("--counter", help="UTRN or originator counter it should have.")] = None,
    highest: Annotated[
        str | None, typer.Option("--highest", help="Instead: the highest UTRN counter the meter has seen.")
    ] = None,
    keys: Keys = None,
    secret: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Check digits, read the fields, with keys check the MAC, and tell what a meter logs when it refuses the code."""
    digits = code.replace(" ", "").replace("-", "")
    try:
        found = utrn.check(
            digits,
            supplier,
            device,
            counter=None if counter is None else _number(counter),
            highest=None if highest is None else _number(highest),
            keys=keys,
            secret=_octets(secret),
        )
    except ValueError as error:
        raise MeterbedError(str(error)) from None
    if as_json:
        event = None if found.event is None else f"{found.event:04X}"
        print_json({**asdict(found), "event": event, "good": found.good})
    else:
        typer.echo(_sentence(found))
    if not found.good:
        raise typer.Exit(NOT_HELD)


def _sentence(found: utrn.Check) -> str:
    if found.utrn is None:
        return f"{found.code}: {found.fault}{_refusal(found)}"
    read = found.utrn
    value = f"£{read.pence / 100:.2f} as {read.value_class}"
    verdict = {True: "authentic", False: "not authentic", None: "MAC not checked"}[found.authentic]
    counter = "no counter fits" if found.counter is None else f"counter {found.counter}"
    fields = f"{value}, counter bits {read.counter_bits} ({counter}), MAC {read.mac}"
    return f"{read.code}: {fields}: {verdict}{_refusal(found)}"


def _refusal(found: utrn.Check) -> str:
    """What a meter does with it; nothing when it is good."""
    if found.refusal is None:
        return ""
    if found.event is None:
        return "; a meter logs nothing, its display tells"
    return f"; a meter logs {found.event:04X}, {_core.gbcs_alert_name(found.event)}"


def _number(text: str) -> int:
    try:
        return int(text, 0)
    except ValueError:
        raise ValueError(f"'{text}' is not a number; 0x starts a hexadecimal one") from None


def _octets(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError("the secret is not hexadecimal") from None


commands.command("make")(guarded(make))
commands.command("check")(guarded(check))
