"""Offers a reader keeps: as a list, handed on, on paper."""
