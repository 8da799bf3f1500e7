"""Figures of speed, as ratios within one run: what ``make bench`` prints."""
