"""GBCS messages: read, build, check."""

from meterbed.gbcs.message import Check, KeyRing, Message, MessageError, check, parse

__all__ = ["Check", "KeyRing", "Message", "MessageError", "check", "parse"]
