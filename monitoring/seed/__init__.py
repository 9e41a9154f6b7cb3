"""Indicators, areas and survey instruments of the first start.

`data/*.json` hold what is known of them and their values, figures exactly as their
source rounds them; `data/words/` texts of our own by language, kind and key. What a
source leaves empty is not available: it is neither 0 nor left out.

No indicator is tied to a goal: no goal's wording names one.
"""

from herne_bildung.city.seeding import Seeding
from monitoring.seed import areas, indicators, surveys, values


def sow(seeding: Seeding) -> None:
    """Write areas, indicators with their values, and survey instruments; districts,
    schools and goals come before.
    """
    areas.sow(seeding)
    indicators.sow(seeding)
    values.sow(seeding)
    surveys.sow(seeding)
