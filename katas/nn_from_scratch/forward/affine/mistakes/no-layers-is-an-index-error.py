"""collapse_linear reads the first layer before it tests whether there is one.

For an empty list Python raises an IndexError, which says nothing about layers. The lesson asks for a
ValueError. Test the length of the list first.
"""


def collapse_linear(layers):
    W, b = (_floats(part).copy() for part in layers[0])
    affine(np.zeros(len(W)), W, b)
    for weights, biases in layers[1:]:
        b = affine(b, weights, biases)
        W = W @ _floats(weights)
    return W, b
