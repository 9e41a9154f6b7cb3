"""The picture of a district as PDF for everyone."""

import io

import pypdf
import pytest

from monitoring.areas.tests.factories import make_city
from monitoring.tests.factories import make_indicator, make_observation, make_release

pytestmark = pytest.mark.django_db


def read(client, language: str) -> pypdf.PdfReader:
    answer = client.get(f"/{language}/monitoring/raum/stadtbezirk-nord/steckbrief.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(io.BytesIO(answer.content))


# Letters without dots: the font draws dots as signs of their own, which pypdf reads as
# letters once more.
@pytest.mark.parametrize(("language", "name"), [("de", "Anteil"), ("ar", "معدل")])
def test_file_has_tags_language_and_text(client, language, name):
    herne, nord, *_rest = make_city()
    indicator = make_indicator("Anteil", name_ar="معدل")
    release = make_release(indicator)
    make_observation(release, herne, "2022", "12.5")
    make_observation(release, nord, "2022", None)

    found = read(client, language)

    root = found.trailer["/Root"]
    text = "\n".join(page.extract_text() for page in found.pages)
    assert root["/Lang"].split("-")[0] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert found.xmp_metadata.stream.get_data().count(b"<pdfuaid:part>1<") == 1
    assert found.metadata.title.startswith("Nord")
    shown = ("Nord", "Herne", "12,5", "·", name)
    assert [word for word in shown if word not in text] == []
    assert "\ufffd" not in text


def test_file_is_kept_until_it_changes(client):
    _herne, nord, *_rest = make_city()
    path = "/de/monitoring/raum/stadtbezirk-nord/steckbrief.pdf"

    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    make_observation(make_release(), nord, "2022", 5)
    changed = client.get(path, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"].startswith("public, max-age=")
    assert (again.status_code, changed.status_code) == (304, 200)
    assert client.get("/de/monitoring/raum/nirgends/steckbrief.pdf").status_code == 404
