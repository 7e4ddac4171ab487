"""The command line: one module per command, and the output on a terminal."""
