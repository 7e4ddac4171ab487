"""param_count leaves out the biases.

They are learned too. The network of the lesson has 34 of them, and 1898 parameters altogether.
"""


def param_count(model):
    return sum(int(np.size(v)) for v in model.params.values() if np.ndim(v) > 1)
