"""Arrays with one axis are accepted, so biases are penalized too.

A penalty on biases pulls the output to 0: with the targets 100, MSE and lam = 1, the best constant
becomes 66.7. Raise a ValueError for an array that does not have two axes.
"""

base = "variants/norms"


def _matrices(weights, lam):
    if lam < 0:
        raise ValueError("lam is below 0")
    weights = [np.asarray(W) for W in weights]
    return [W if W.dtype.kind == "f" else W.astype(float) for W in weights]
