"""lam below 0 is accepted.

Large weights then make the risk smaller, and training lets them grow without limit. Raise a ValueError.
"""

base = "variants/norms"


def _matrices(weights, lam):
    weights = [np.asarray(W) for W in weights]
    if any(W.ndim != 2 for W in weights):
        raise ValueError("a weight matrix has two axes")
    return [W if W.dtype.kind == "f" else W.astype(float) for W in weights]
