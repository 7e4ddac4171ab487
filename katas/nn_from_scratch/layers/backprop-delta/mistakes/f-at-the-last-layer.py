"""The last layer uses f, although another activation is passed as output.

A softmax at the end of a tanh network is then missing: the outputs are not probabilities.
"""


def forward_all(x, Ws, bs, f, output=None):
    if len(Ws) != len(bs) or len(Ws) == 0:
        raise ValueError("one b per W")
    zs, as_ = [], [_vector(x, "x").copy()]
    for number, (W, b) in enumerate(zip(Ws, bs), 1):
        weights, biases = _floats(W), _vector(b, "b")
        if weights.shape != (len(biases), len(as_[-1])):
            raise ValueError("W does not match")
        zs.append(weights @ as_[-1] + biases)
        as_.append(f(zs[-1]))
    return zs, as_
