"""What can go wrong with a run folder."""

from __future__ import annotations


class ReportError(Exception):
    """The folder is not a run folder, or is damaged; the text says what is wrong in one sentence."""
