"""The command `meterbed`."""

from meterbed.cli.app import main

__all__ = ["main"]
