"""Disasters: who needs help first, where people shelter, and what is paid to those who lost."""
