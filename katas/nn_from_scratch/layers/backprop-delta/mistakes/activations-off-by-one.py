"""The gradient with respect to W uses the output of its layer instead of the input.

as_ begins with x, so the item with the index of a layer is already its input. In layers of different widths
the gradient then does not even have the shape of W.
"""


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must be one longer")
    dbs = [_vector(delta, "delta").copy() for delta in deltas]
    activations = [_vector(a, "a") for a in as_[1:]]
    return [np.outer(db, a) for db, a in zip(dbs, activations)], dbs
