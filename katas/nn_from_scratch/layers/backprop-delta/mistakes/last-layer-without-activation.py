"""Without output, the last layer has no activation at all.

output=None means that the last layer uses f like the others. For a layer without activation, the
caller passes a function that returns its argument.
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
        last = number == len(Ws)
        if not last:
            as_.append(f(zs[-1]))
        else:
            as_.append(zs[-1].copy() if output is None else output(zs[-1]))
    return zs, as_
