"""Whole screens of the command line, as a person at a terminal sees them."""
