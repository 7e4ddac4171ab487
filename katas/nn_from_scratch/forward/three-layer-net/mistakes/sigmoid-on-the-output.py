"""The sigmoid follows the last layer too.

Every output is then between 0 and 1: the example gives (0.5785, 0.6674) instead of (0.3168, 0.6963), and no
input gives 2 or -1. The output layer of this network has no activation.
"""

def forward(network, x):
    a = sigmoid(affine(x, network["W1"], network["b1"]))
    a = sigmoid(affine(a, network["W2"], network["b2"]))
    return sigmoid(affine(a, network["W3"], network["b3"]))
