"""log_softmax takes the sum along the last axis, whatever axis is passed.

With axis=0 the exponentials of its columns do not add up to 1. Pass axis on to every maximum, every
sum and every function that is called.
"""

base = "variants/textbook"


def log_softmax(z, axis=-1):
    z = _floats(z)
    return z - logsumexp(z, keepdims=True)
