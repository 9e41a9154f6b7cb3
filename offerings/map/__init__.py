"""The result as a map: what is drawn, and the list beside it."""
