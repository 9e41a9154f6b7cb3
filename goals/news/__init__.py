"""News of the Bildungsbüro: list, page, feed, and by mail."""
