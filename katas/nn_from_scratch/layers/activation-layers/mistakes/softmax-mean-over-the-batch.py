"""softmax_vjp subtracts one number from all rows: the sum runs over the whole batch.

Each sample has a weighted mean of its own. With a single row there is no difference; with two rows,
the gradient of one sample depends on the other.
"""


def softmax_vjp(p, dout):
    probabilities = _floats(p)
    upstream = _upstream(dout, probabilities.shape)
    return probabilities * (upstream - (probabilities * upstream).sum())
