"""The probabilities are raised to 1/T and made to add up to 1 again.

On paper that is the same. But a probability that was rounded to 0 stays 0 whatever it is raised to:
scores that lie 1000 apart, with T = 1000, give (0, 1) and should give (0.269, 0.731).
"""


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    powers = softmax(z, axis) ** (1 / temperature)
    return powers / powers.sum(axis=axis, keepdims=True)
