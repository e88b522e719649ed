"""meterbed gbcs ..."""

from __future__ import annotations

import typer

from meterbed.cli import gbcs_replaying
from meterbed.cli.output import guarded

app = typer.Typer(name="gbcs", help="GBCS messages.", no_args_is_help=True)
app.command("replay")(guarded(gbcs_replaying.replay))
