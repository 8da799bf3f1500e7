"""What was done and what was read, by whom and when: append-only, sealed into a chain."""

from core.audit.readings import readings
from core.audit.service import record

__all__ = ["readings", "record"]
