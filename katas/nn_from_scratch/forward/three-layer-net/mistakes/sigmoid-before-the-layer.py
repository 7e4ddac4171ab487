"""The sigmoid is applied to the input of a layer, and not to its output.

The input itself is then squashed: 1000 and 2000 are the same sample. Apply the affine map first, then the
sigmoid.
"""

def forward(network, x):
    a = affine(sigmoid(x), network["W1"], network["b1"])
    a = affine(sigmoid(a), network["W2"], network["b2"])
    return identity_function(affine(a, network["W3"], network["b3"]))
