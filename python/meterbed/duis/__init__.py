"""DUIS: the XML in which users and the DCC talk.

from meterbed import duis

request = duis.parse("request.xml")                       # typed; hostile XML is refused
made = duis.transform(request, keys="keystore")           # the pre-command, or the finished command
print(request.srv, made.use_case, made.kind, made.octets.hex())
"""

from meterbed.duis.keys import KeyFolder
from meterbed.duis.request import DuisError, Mistake, Request, parse
from meterbed.duis.transforming import REFERENCE_DEVICES, DeviceKind, Options, Transformed, transform
from meterbed.duis.xml import Element

__all__ = [
    "REFERENCE_DEVICES",
    "DeviceKind",
    "DuisError",
    "Element",
    "KeyFolder",
    "Mistake",
    "Options",
    "Request",
    "Transformed",
    "parse",
    "transform",
]
