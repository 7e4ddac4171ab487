"""No layer adds its bias.

Without b1, b2 and b3, the sample 0 always gives hidden units of exactly 0.5. Each layer adds its own bias
after the matrix product.
"""

def forward(network, x):
    a = sigmoid(affine(x, network["W1"], np.zeros_like(network["b1"])))
    a = sigmoid(affine(a, network["W2"], np.zeros_like(network["b2"])))
    return identity_function(affine(a, network["W3"], np.zeros_like(network["b3"])))
