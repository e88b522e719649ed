"""DUIS: the XML in which users and the DCC talk.

from meterbed import duis

request = duis.parse("request.xml")                       # typed; hostile XML is refused
made = duis.transform(request, keys="keystore")           # the pre-command, or the finished command
print(request.srv, made.use_case, made.kind, made.octets.hex())

answer = duis.response(octets, when="2026-01-15T09:00:00Z", keys="keystore")   # of a GBCS response or alert
print(answer.response_id, answer.srv, answer.xml, answer.mmc_xml)              # DUIS Response, its decoded body
"""

from meterbed.duis.answering import Answer, mmc, response, unmapped
from meterbed.duis.body import body_of
from meterbed.duis.received import ResponseError
from meterbed.duis.request import DuisError, Mistake, Request, parse
from meterbed.duis.transforming import DeviceKind, Options, Transformed, transform
from meterbed.duis.xml import Element
from meterbed.keys import KeyFolder

__all__ = [
    "Answer",
    "DeviceKind",
    "DuisError",
    "Element",
    "KeyFolder",
    "Mistake",
    "Options",
    "Request",
    "ResponseError",
    "Transformed",
    "body_of",
    "mmc",
    "parse",
    "response",
    "transform",
    "unmapped",
]
