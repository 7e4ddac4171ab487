"""forward makes a batch of a single sample and returns it as one.

One sample of shape (I,) then gives (1, O). It should give (O,).
"""

def forward(network, x):
    a = sigmoid(affine(np.atleast_2d(x), network["W1"], network["b1"]))
    a = sigmoid(affine(a, network["W2"], network["b2"]))
    return identity_function(affine(a, network["W3"], network["b3"]))
