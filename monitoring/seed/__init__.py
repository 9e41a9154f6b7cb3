"""Indicators, areas and survey instruments of the first start."""

from herne_bildung.city.seeding import Seeding


def sow(seeding: Seeding) -> None:
    """Write areas, indicators with their values, and survey instruments; districts,
    schools and goals come before.
    """
