"""The Message Mapping Catalogue (MMC): GBCS responses and alerts as XML that a user's systems read."""

from meterbed.duis.catalogue.document import SCHEMA_VERSION, Mapped, document
from meterbed.duis.catalogue.rows import NAMESPACE

__all__ = ["NAMESPACE", "SCHEMA_VERSION", "Mapped", "document"]
