"""The logarithms of the probabilities are divided: they are the scores, but for a number a row."""

from ..forward.softmax import log_softmax, softmax


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    return softmax(log_softmax(z, axis) / temperature, axis)
