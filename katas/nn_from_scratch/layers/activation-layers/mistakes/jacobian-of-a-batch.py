"""softmax_jacobian accepts more than one row, and returns numbers that are not a Jacobian.

For a batch (N, C), np.diag takes entries out of the array, and np.outer mixes the rows. Nothing
warns the caller. Raise a ValueError unless p has exactly one axis.
"""


def softmax_jacobian(p):
    probabilities = _floats(p)
    flat = probabilities.ravel()
    return np.diag(flat) - np.outer(flat, flat)
