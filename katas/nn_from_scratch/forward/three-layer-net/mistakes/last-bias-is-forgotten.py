"""The third layer does not add b3.

Each output of the example is too small by its bias, 0.1 and 0.2.
"""

def forward(network, x):
    a = sigmoid(affine(x, network["W1"], network["b1"]))
    a = sigmoid(affine(a, network["W2"], network["b2"]))
    return identity_function(affine(a, network["W3"], np.zeros_like(network["b3"])))
