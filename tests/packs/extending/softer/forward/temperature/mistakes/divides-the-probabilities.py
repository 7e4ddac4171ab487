"""The probabilities are divided by the temperature instead of the scores.

With T = 2 they add up to a half. The temperature belongs to the scores, before they become
probabilities.
"""


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    return softmax(z, axis) / temperature
