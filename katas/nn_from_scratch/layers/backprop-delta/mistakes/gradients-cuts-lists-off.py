"""gradients does not compare the lengths of its lists.

If x is missing from as_, each error term is combined with the output of its layer, without an error.
as_ must be one longer than deltas.
"""


def gradients(deltas, as_):
    dbs = [_vector(delta, "delta").copy() for delta in deltas]
    activations = [_vector(a, "a") for a in as_]
    return [np.outer(db, a) for db, a in zip(dbs, activations)], dbs
