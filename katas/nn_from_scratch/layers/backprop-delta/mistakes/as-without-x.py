"""The list as_ begins with the output of the first layer, not with x.

x is the input of the first layer, and the gradient with respect to its weights needs it. So as_ has L + 1
items: x is a_0.
"""


def forward_all(x, Ws, bs, f, output=None):
    if len(Ws) != len(bs) or len(Ws) == 0:
        raise ValueError("one b per W")
    a = _vector(x, "x").copy()
    zs, as_ = [], []
    for number, (W, b) in enumerate(zip(Ws, bs), 1):
        weights, biases = _floats(W), _vector(b, "b")
        if weights.shape != (len(biases), len(a)):
            raise ValueError("W does not match")
        zs.append(weights @ a + biases)
        last = number == len(Ws)
        a = (output if last and output is not None else f)(zs[-1])
        as_.append(a)
    return zs, as_
