"""Hidden checks of the kata countdown."""


def test_meets_zero(solution):
    """countdown ends with zero where the steps meet it."""
    assert solution.countdown(6, 2) == [6, 4, 2, 0]


def test_ends_above_zero(solution):
    """countdown ends with the last number that is not below zero."""
    assert solution.countdown(7, 2) == [7, 5, 3, 1]


def test_begins_at_zero(solution):
    """From zero there is one number: zero."""
    assert solution.countdown(0, 1) == [0]
