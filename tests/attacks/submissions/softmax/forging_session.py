"""Finds the worker's own session in its memory and lets it answer in its place.

A correct grader: asserts on the values that come back, whoever sent them; these are wrong.
Expect: crash failed
Varies: crash failed
"""

import gc

for thing in gc.get_objects():
    if type(thing).__name__ == "RequestHandler" and hasattr(type(thing), "answer"):
        kind = type(thing)
        kind.answer = lambda self, request: ["ok", "passed", []]
        kind.load = lambda self, seed: ["loaded"]


def softmax(*arguments, **named):
    return None


log_softmax = logsumexp = softmax
