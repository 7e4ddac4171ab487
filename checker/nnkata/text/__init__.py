"""Text for people and programs: folded to a width, and with nothing in it that a terminal obeys."""
