"""The command line: one module per command, and what is shown on a terminal."""
