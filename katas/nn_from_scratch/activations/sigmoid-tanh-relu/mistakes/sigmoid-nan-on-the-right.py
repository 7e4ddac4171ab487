"""sigmoid is computed as exp(x) / (1 + exp(x)) for every x.

This form is good for negative x. For x above 709 both parts of the fraction overflow, and inf/inf
is nan instead of 1. For positive x, use the form with exp(-x).
"""


def sigmoid(x):
    e = np.exp(_floats(x))
    return e / (1.0 + e)
