"""softmax_vjp subtracts the plain mean of each row of dout, and not the mean weighted by p.

The two are in general equal only if all probabilities are equal. In the example of the lesson g =
(1, 0, 0) has a mean of 1/3 and a weighted mean of 0.25.
"""


def softmax_vjp(p, dout):
    probabilities = _floats(p)
    upstream = _upstream(dout, probabilities.shape)
    return probabilities * (upstream - upstream.mean(axis=-1, keepdims=True))
