"""collapse_linear removes the first layer from the caller's list.

pop changes the list that was passed in: afterwards a network of two layers has only one. Read the
first layer with an index, or copy the list before you change it.
"""


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("layers must contain at least one pair (W, b)")
    W, b = (_floats(part).copy() for part in layers.pop(0))
    affine(np.zeros(len(W)), W, b)
    for weights, biases in layers:
        b = affine(b, weights, biases)
        W = W @ _floats(weights)
    return W, b
