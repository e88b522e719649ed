"""The list of commands. Exit codes: 0 held, 1 did not hold, 2 bad input, 130 after Ctrl-C."""

from __future__ import annotations

import typer

from meterbed.cli import benching, duis, gbcs, listing, reporting, running, sweeping, tracing, utrn, validating
from meterbed.cli.output import guarded

app = typer.Typer(
    name="meterbed",
    help="A testbed for GB smart metering.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(guarded(running.run))
app.command("sweep")(guarded(sweeping.sweep))
app.command("validate")(guarded(validating.validate))
app.command("list")(guarded(listing.list_words))
app.command("bench")(guarded(benching.bench))
app.command("report")(guarded(reporting.report))
app.command("trace")(guarded(tracing.trace))
app.command("schema")(guarded(validating.schema))
app.add_typer(duis.app)
app.add_typer(utrn.commands, name="utrn")
app.add_typer(gbcs.app)


@app.command("test", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def test() -> None:
    """Run meterbed's own tests: only ./meterbed in a checkout can."""
    typer.echo("meterbed test runs from a checkout: ./meterbed test", err=True)
    raise typer.Exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        from meterbed import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """A testbed for GB smart metering."""


def main() -> None:
    """Entry point."""
    app(prog_name="meterbed")
