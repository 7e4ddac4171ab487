"""gelu and gelu_grad are float64, even for an array of float32.

math.erf returns Python numbers, and an array that is made of them is float64. Convert the gate to the
dtype of x.
"""


def _normal_cdf(x):
    return 0.5 * _ERFC(-x / math.sqrt(2))
