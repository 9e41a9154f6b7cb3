#!/usr/bin/env python3
"""The one command of the portal: `python3 manage.py up`, `test`, and all of Django's.

Runs with any bare Python 3.11+; what it needs it puts into .venv first. This file is
kept readable for older Pythons, so that they can say what is wrong.
"""

import sys

OLDEST_PYTHON = (3, 11)


def main():
    """Check the Python, make the environment, run the command inside it."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "Fehler: Das Portal braucht Python {}.{} oder neuer; "
            "dies ist Python {}.{}.".format(*OLDEST_PYTHON, *sys.version_info[:2])
        )
    from herne_bildung.start import command_line

    command_line.main(sys.argv)


if __name__ == "__main__":
    main()
