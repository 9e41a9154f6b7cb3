"""Names on the map make room for markers."""

import random

from offerings.map.names import Box, _beside


def test_only_markers_beside_a_name_can_cover_it():
    numbers = random.Random(7)
    boxes = [
        Box(numbers.uniform(200, 300), numbers.uniform(100, 200), 40, 10)
        for _ in range(30)
    ]
    markers = [(numbers.randrange(600), numbers.randrange(400)) for _ in range(300)]

    beside = _beside(boxes, markers)

    covering = {one for one in markers if any(box.is_under(*one) for box in boxes)}
    assert covering <= set(beside)
    assert 0 < len(covering) <= len(beside) < len(markers) / 2
