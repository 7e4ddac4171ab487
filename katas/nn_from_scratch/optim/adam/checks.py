"""C."""


def test_it(solution):
    """It."""
    assert True
