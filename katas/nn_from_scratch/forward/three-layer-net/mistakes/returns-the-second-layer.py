"""forward returns the second hidden layer.

The third layer is missing: the example gives (0.6263, 0.7710), which is A2, instead of (0.3168, 0.6963).
"""

def forward(network, x):
    a = sigmoid(affine(x, network["W1"], network["b1"]))
    return sigmoid(affine(a, network["W2"], network["b2"]))
