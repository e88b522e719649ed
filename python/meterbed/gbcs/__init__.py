"""GBCS messages: read, build, check, replay on simulated devices."""

from meterbed.gbcs.message import Check, KeyRing, Message, MessageError, check, parse
from meterbed.gbcs.replay import Difference, Replay, replay

__all__ = ["Check", "Difference", "KeyRing", "Message", "MessageError", "Replay", "check", "parse", "replay"]
