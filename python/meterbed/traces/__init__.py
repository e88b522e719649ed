"""A run's records as traces for viewers: supply states as VCD, messages as Chrome trace events. See docs/traces.md."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from meterbed.errors import MeterbedError, RunFolderError
from meterbed.traces.choice import choose


def write(
    folder: Path,
    *,
    vcd: str | os.PathLike[str] | None,
    perfetto: str | os.PathLike[str] | None,
    variant: str | None,
    repeat: int,
    homes: Iterable[int] | None,
) -> list[Path]:
    """See `Run.trace`."""
    from meterbed import reports
    from meterbed.traces import messages, states

    if vcd is None and perfetto is None:
        raise MeterbedError("nothing to write: give a file for vcd or perfetto")
    try:
        chosen = choose(folder, variant, repeat, homes)
    except reports.ReportError as error:
        raise RunFolderError(str(error)) from error
    written = []
    if vcd is not None:
        states.write_vcd(chosen, Path(vcd))
        written.append(Path(vcd))
    if perfetto is not None:
        messages.write_perfetto(chosen, Path(perfetto))
        written.append(Path(perfetto))
    return written
