"""softmax_vjp takes the weighted sum along axis 0, over the samples.

The probabilities of a sample add up to 1 along its row, and its outputs depend on its own logits only.
Sum along the last axis, separately for each row.
"""


def softmax_vjp(p, dout):
    probabilities = _floats(p)
    upstream = _upstream(dout, probabilities.shape)
    return probabilities * (upstream - (probabilities * upstream).sum(axis=0))
