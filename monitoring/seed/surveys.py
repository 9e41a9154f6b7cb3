"""Survey instruments of Herne's documents. They date no wave, so there is none."""

from goals.models import Measure
from herne_bildung.city.seeding import Entry, Seeding, source_values
from monitoring.models import AskedGroup, Instrument
from monitoring.seed.reading import PUBLISHED, STEP, read, texts

TEXTS = ("name", "about", "target", "where", "participation", "legal_basis")


def sow(seeding: Seeding) -> None:
    """Write groups that are asked and instruments; measures come before."""
    if not (seeding.writes(AskedGroup) or seeding.writes(Instrument)):
        return
    data = read("instruments.json")
    for order, key in enumerate(data["groups"], 1):
        values = {"order": STEP * order, **texts("groups", key, "name")}
        entry = Entry(key, values, initial={"key": key})
        seeding.sow(AskedGroup, [entry], natural=["key"])
    for order, row in enumerate(data["instruments"], 1):
        slug = row["slug"]
        values = {
            **{name: row[name] for name in ("is_survey", "first_year", "cycle")},
            "groups": seeding.find_all(AskedGroup, row["groups"]),
            "measures": seeding.find_all(Measure, row["measures"]),
            "order": STEP * order,
            "as_of": data["as_of"],
            **source_values({**data["source"], "quote": row["quote"]}),
            **texts("instruments", slug, *TEXTS, "status_note"),
        }
        entry = Entry(slug, values, {"slug": slug, **PUBLISHED})
        seeding.sow(Instrument, [entry], natural=["slug"])
