"""forward_all does not add the biases.

Every unit then gives f(0) for the input 0, whatever the network has learned. z = W a + b.
"""


def forward_all(x, Ws, bs, f, output=None):
    if len(Ws) != len(bs) or len(Ws) == 0:
        raise ValueError("one b per W")
    zs, as_ = [], [_vector(x, "x").copy()]
    for number, (W, b) in enumerate(zip(Ws, bs), 1):
        weights, biases = _floats(W), _vector(b, "b")
        if weights.shape != (len(biases), len(as_[-1])):
            raise ValueError("W does not match")
        zs.append(weights @ as_[-1])
        last = number == len(Ws)
        as_.append((output if last and output is not None else f)(zs[-1]))
    return zs, as_
