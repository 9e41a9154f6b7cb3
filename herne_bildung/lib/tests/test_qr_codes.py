import re

from herne_bildung.lib.qr_codes import inline_svg, svg_file

ADDRESS = "https://bildung.example.org/de/angebote/krabbelgruppe/"


def squares(drawn: str) -> int:
    """How many squares a code has from side to side, with its border."""
    return int(re.search(r'viewBox="0 0 (\d+) ', drawn)[1])


def test_a_code_that_may_be_covered_more_has_more_squares():
    # Versions 4 and 5 of ISO/IEC 18004: 33 and 37 squares, 4 around them.
    assert squares(inline_svg(ADDRESS, error="l")) == 41
    assert squares(inline_svg(ADDRESS, error="q")) == 45


def test_a_file_has_a_size_and_its_own_background():
    drawn = svg_file(ADDRESS, scale=8, light="#ffffff").decode()

    assert re.search(r'width="(\d+)"', drawn)[1] == str(8 * 41)
    assert "#fff" in drawn
