"""GBCS messages: read, build, describe, check, replay on simulated devices."""

from meterbed.gbcs.checking import Report, check_files
from meterbed.gbcs.description import Description
from meterbed.gbcs.message import Check, KeyRing, Message, MessageError, check, parse
from meterbed.gbcs.replay import Difference, Replay, replay

__all__ = [
    "Check",
    "Description",
    "Difference",
    "KeyRing",
    "Message",
    "MessageError",
    "Replay",
    "Report",
    "check",
    "check_files",
    "parse",
    "replay",
]
