"""`python -m nnkata` is the command `kata`."""

from .cli import main

main()
