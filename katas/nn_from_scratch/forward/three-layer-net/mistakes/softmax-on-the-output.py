"""The outputs are turned into probabilities by a softmax.

They then add up to 1 in each row: the example gives (0.4063, 0.5937). This network returns its outputs as
they are.
"""

def forward(network, x):
    a = sigmoid(affine(x, network["W1"], network["b1"]))
    a = sigmoid(affine(a, network["W2"], network["b2"]))
    z = affine(a, network["W3"], network["b3"])
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
