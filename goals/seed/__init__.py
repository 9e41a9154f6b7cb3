"""Action goals of the first start: what Herne's documents say."""

from goals.network import seed as network
from herne_bildung.city.seeding import Seeding


def sow(seeding: Seeding) -> None:
    """Write Leitbild, periods, goals, papers and conferences; organisations come
    before.
    """
    network.sow(seeding)
