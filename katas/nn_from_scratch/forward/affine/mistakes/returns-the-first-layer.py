"""collapse_linear returns the arrays of a single layer without copying them.

Code that changes the result then also changes the layer: after ``W[0, 0] = 0`` the network has a
different weight. Return a copy for a single layer; for more layers, the products are new arrays.
"""


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("layers must contain at least one pair (W, b)")
    W, b = map(_floats, layers[0])
    affine(np.zeros(len(W)), W, b)
    for weights, biases in layers[1:]:
        b = affine(b, weights, biases)
        W = W @ _floats(weights)
    return W, b
