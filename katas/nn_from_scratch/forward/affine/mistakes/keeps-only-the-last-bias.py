"""collapse_linear multiplies the weights and returns the bias of the last layer.

For 2x + 3 followed by 5a + 7 it returns 10x + 7 instead of 10x + 22. The bias of the first layer
reaches the output too, multiplied by the weights of the second layer. Write both layers as one
formula, and collect everything that does not contain x.
"""


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("layers must contain at least one pair (W, b)")
    W, b = (_floats(part).copy() for part in layers[0])
    affine(np.zeros(len(W)), W, b)
    for weights, biases in layers[1:]:
        affine(np.zeros(W.shape[1]), weights, biases)
        W, b = W @ _floats(weights), _floats(biases).copy()
    return W, b
