"""xor is computed by one perceptron, and says 1 for (1, 1).

One perceptron is one straight line, and gets at most 3 of the 4 corners of XOR right, with any
weights. Use a second layer that combines the answers of two perceptrons: "at least one input is 1"
and "not both are 1".
"""


def xor(x):
    return gate("OR").forward(x)
