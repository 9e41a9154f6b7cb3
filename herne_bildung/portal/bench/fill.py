"""Tables, Herne's content and samples in an empty database.

A program of its own: `python -m herne_bildung.portal.bench.fill 1000`.
"""

import sys

import django
from django.core.management import call_command


def main(count: int) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("seed")
    call_command("generate_sample", offerings=count)


if __name__ == "__main__":
    main(int(sys.argv[1]))
