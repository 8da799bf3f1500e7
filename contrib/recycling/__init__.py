"""The waste bank ถังเงินถังทอง: a community enterprise buys sorted waste at the houses of members."""
