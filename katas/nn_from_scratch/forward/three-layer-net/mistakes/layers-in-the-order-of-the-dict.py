"""The arrays are taken in the order in which the dictionary holds them.

A dictionary that was filled in a different order, for example with b3 first, gives a wrong result
or an error. Take each array by its name.
"""

def forward(network, x):
    W1, b1, W2, b2, W3, b3 = network.values()
    a = sigmoid(affine(x, W1, b1))
    a = sigmoid(affine(a, W2, b2))
    return identity_function(affine(a, W3, b3))
