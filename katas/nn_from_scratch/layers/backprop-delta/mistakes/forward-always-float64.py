"""forward_all converts every array to float64.

float32 arrays take half the memory, and their results should be float32. Convert only arrays of
other dtypes.
"""


def forward_all(x, Ws, bs, f, output=None):
    if len(Ws) != len(bs) or len(Ws) == 0:
        raise ValueError("one b per W")
    zs, as_ = [], [np.array(_vector(x, "x"), dtype=np.float64)]
    for number, (W, b) in enumerate(zip(Ws, bs), 1):
        weights, biases = _floats(W), _vector(b, "b")
        if weights.shape != (len(biases), len(as_[-1])):
            raise ValueError("W does not match")
        zs.append(weights @ as_[-1] + biases)
        last = number == len(Ws)
        as_.append((output if last and output is not None else f)(zs[-1]))
    return zs, as_
