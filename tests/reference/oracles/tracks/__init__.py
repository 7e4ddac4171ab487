"""The entries, one module per track of the course, named as the track.

To add a kata: in the module of its track, write one function per exported function (or method) of
the kata. It yields pairs (got, expected) and is decorated with

    @TRACK.oracle("module.function", DIGITS, Tolerance(1e-9, 1e-12, "where it comes from"))

A derivative of a loss gets the kind "gradient" after the tolerance, a decision or a count "exact".
What computes no numbers: `TRACK.no_oracle("module.function", "why")`. Helpers are in `exact.py`.
Then write the page: `python -m tests.reference.oracles --write`.
"""
