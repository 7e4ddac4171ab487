"""Text for people and programs: folded to a width, and without control characters."""
