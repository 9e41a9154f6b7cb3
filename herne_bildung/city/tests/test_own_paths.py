import pytest

from herne_bildung.city.own_paths import own_path


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/verwaltung/personen/?page=2", "/verwaltung/personen/?page=2"),
        ("/de/angebote/", "/sonst/"),
        ("//example.org/verwaltung/", "/sonst/"),
        ("https://example.org/verwaltung/", "/sonst/"),
        ("", "/sonst/"),
        (None, "/sonst/"),
    ],
)
def test_own_path_stays_in_the_administration(wanted, path):
    assert own_path(wanted, "/sonst/") == path
