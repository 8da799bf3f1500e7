"""Incidents: what citizens see broken is reported, repaired in the time promised, and shown."""
