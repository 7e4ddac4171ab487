"""Count down."""


def countdown(start: int, step: int) -> list[int]:
    """Return start, start - step, … as long as they are not below zero."""
    return list(range(start, -1, -step))
