"""Names of files that people save, made of what the page calls their content."""

from herne_bildung.lib.analyser import fold


def file_name(called: object, further: object, ending: str) -> str:
    """ "angebote-2026-11-22.csv"; letters and digits every computer takes."""
    words = "-".join(fold(f"{called} {further}").split())
    plain = "".join(sign for sign in words if sign.isascii() and sign.isprintable())
    return f"{plain}.{ending}"
