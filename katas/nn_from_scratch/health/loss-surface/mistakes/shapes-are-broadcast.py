"""The shapes of z and y are not compared.

For z (4,) and y (4, 1), numpy makes a (4, 4) array of all differences, without an error.
"""


def logit_gradients(z, y):
    error = sigmoid(np.asarray(z)) - np.asarray(y)
    return 2.0 * error * sigmoid_grad(z), error
