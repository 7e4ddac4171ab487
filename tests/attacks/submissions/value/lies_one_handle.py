"""Answers every request with the same handle, number and name chosen by the worker.

A correct grader: sees one object where two were expected, and no numbers.
Expect: crash failed
"""

import gc

for thing in gc.get_objects():
    if type(thing).__name__ == "RequestHandler" and hasattr(type(thing), "answer"):
        type(thing).answer = lambda self, request: ["ok", ["h", 1, "Value"], []]


class Value:
    pass
