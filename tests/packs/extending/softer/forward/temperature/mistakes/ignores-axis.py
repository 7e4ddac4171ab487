"""The probabilities always add up to 1 along the last axis.

The parameter axis says along which axis they should; hand it on.
"""


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    return softmax(np.asarray(z) / temperature)
