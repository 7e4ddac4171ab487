"""Hidden checks of the kata twins."""

from nnkata.testing import assert_equal


def test_doubles(solution):
    """Twice 2 is 4 and twice 3 is 6."""
    assert_equal(solution.twice(2.0), 4.0)
    assert_equal(solution.twice(3.0), 6.0)
