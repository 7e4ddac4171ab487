"""What a stub keeps of the constants of the reference."""

from nnkata.course.stub import stub_text

REFERENCE = '''"""Count."""

LARGEST = 12
"""The largest number that is counted."""
_START = 0.1
"""Where only the reference begins."""
_Name = str
"""What a name is."""


def count(word: _Name) -> int:
    """Return the number of letters."""
    return min(LARGEST, int(_START) + len(word))
'''


def test_the_text_below_a_private_constant_goes_with_it() -> None:
    stub = stub_text(REFERENCE, "count")
    assert "LARGEST = 12" in stub
    assert "The largest number" in stub
    assert "_START" not in stub
    assert "Where only the reference begins" not in stub
    assert "What a name is" in stub
