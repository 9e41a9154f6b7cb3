"""Action goals of the first start: what Herne's documents say.

`data/*.json` hold official wording and what is known, `data/words/` texts of our own
by language and key. What the documents do not say is not there: no status, no due
date, no line from the goals of one period to those of the next, no figure of a chart.
"""

from goals.network import seed as network
from goals.seed import events, papers, tree
from herne_bildung.city.seeding import Seeding


def sow(seeding: Seeding) -> None:
    """Write Leitbild, periods, goals, papers, conferences and the network;
    organisations and offers come before.
    """
    tree.sow_mission(seeding)
    papers.sow(seeding)
    tree.sow_periods(seeding)
    tree.sow_goals(seeding)
    papers.sow_links(seeding)
    events.sow(seeding)
    network.sow(seeding)
