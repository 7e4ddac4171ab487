"""`python -m nnkata` is the command `kata`."""

from .cli.app import main

main()
