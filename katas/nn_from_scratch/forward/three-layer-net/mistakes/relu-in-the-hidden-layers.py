"""The hidden layers use ReLU instead of the sigmoid.

Both are activations, but they give different numbers: ReLU of 1.1 is 1.1, and the sigmoid of 1.1 is 0.7503. This
kata asks for the sigmoid.
"""

def forward(network, x):
    a = np.maximum(affine(x, network["W1"], network["b1"]), 0.0)
    a = np.maximum(affine(a, network["W2"], network["b2"]), 0.0)
    return identity_function(affine(a, network["W3"], network["b3"]))
