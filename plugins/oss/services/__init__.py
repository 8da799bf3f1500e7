"""The declared services, a module for each group of the catalogue."""

from plugins.oss.services.general import GENERAL

ALL = (GENERAL,)
