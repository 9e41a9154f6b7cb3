"""Releases of indicators: prepared, put on the site at a time, replaced, taken back."""
