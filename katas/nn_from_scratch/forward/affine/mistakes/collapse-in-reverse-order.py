"""collapse_linear multiplies the weights in reverse order, W2 @ W1.

With one row per sample, x @ W1 comes first and its result is multiplied by W2: the product is W1 @ W2.
The reverse order belongs to a layout with one column per sample. For weights (2, 3) and (3, 4) it is an
error, and for square weights it is a wrong result without one. Write the layers in the order in which
the formula for x contains them.
"""


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("layers must contain at least one pair (W, b)")
    W, b = (_floats(part).copy() for part in layers[0])
    affine(np.zeros(len(W)), W, b)
    for weights, biases in layers[1:]:
        b = affine(b, weights, biases)
        W = _floats(weights) @ W
    return W, b
