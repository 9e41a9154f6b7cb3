"""Facts that are so, or not so, or not known."""


def either(fact: bool | None, yes: str, no: str) -> list[str]:
    """One of two words, or of two codes; none where the fact is not known."""
    return [] if fact is None else [yes if fact else no]
