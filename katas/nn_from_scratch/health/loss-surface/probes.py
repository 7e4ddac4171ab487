"""Functions that run in the process of the learner's module.

A module may draw its pairs in any order, so only what does not depend on the draws is returned.
"""

import numpy as np

from . import loss_surface as module


def look(loss, seed: int, *sizes) -> object:
    """Look for a witness; return None if there is none, and else what holds of it."""
    got = module.nonconvex_witness(loss, np.random.default_rng(seed), *sizes)
    if got is None:
        return None
    if not isinstance(got, list | tuple) or len(got) != 3:
        return "not (a, b, gap)"
    a, b, gap = got
    if any(getattr(point, "shape", None) != (2,) for point in (a, b)):
        return "a and b are not arrays (2,)"
    if not isinstance(gap, float):
        return "the gap is not a float"
    chord = (loss(*a) + loss(*b)) / 2
    found = float(loss(*((a + b) / 2)) - chord)
    box = sizes[0] if sizes else 8.0
    return {
        "arrays": isinstance(a, np.ndarray) and isinstance(b, np.ndarray),
        "inside": bool((np.abs([a, b]) <= box).all()),
        "above": found > 1e-3,
        "gap": bool(abs(gap - found) <= 1e-9 * (1 + abs(found))),
    }


def first_equal(loss, seeds: list) -> list:
    """Return for the pair of every seed the number of the first pair that is equal to it."""
    found = []
    for seed in seeds:
        got = module.nonconvex_witness(loss, np.random.default_rng(seed))
        if not isinstance(got, list | tuple) or len(got) != 3:
            return ["not (a, b, gap)"]
        found.append([np.asarray(point).tolist() for point in got[:2]])
    return [found.index(pair) for pair in found]
