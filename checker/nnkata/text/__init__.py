"""Text for people and programs: folded to a width, without characters that a terminal acts on."""
