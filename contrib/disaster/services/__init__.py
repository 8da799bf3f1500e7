"""The service of aid, as a declaration for casework."""

from contrib.disaster.services.relief import RELIEF

ALL = (RELIEF,)
