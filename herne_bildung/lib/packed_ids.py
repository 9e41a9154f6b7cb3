"""Many numbers of rows from the database at once, four bytes each, instead of a row or
an object for each: `string_agg(int4send(id::integer), '')`.
"""

import sys
from array import array


def ids_of(packed: bytes | None) -> array:
    """The numbers, in their order; none of None."""
    ids = array("I", packed or b"")
    if sys.byteorder == "little":
        ids.byteswap()
    return ids
