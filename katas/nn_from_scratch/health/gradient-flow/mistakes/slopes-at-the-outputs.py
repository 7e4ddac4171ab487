"""The slope of the activation is taken at its output h instead of at z.

f' must be taken at the input of f. For tanh at z = 1 the slope is 0.42; at h = tanh(1) = 0.76 it is
0.59, and thirty such factors differ by a factor of 24 000.
"""


def _forward(weights, act, X):
    h = [X]
    f = [Activation(act) for _ in weights]
    for W, activation in zip(weights, f, strict=True):
        h.append(activation.forward(h[-1] @ W))
        activation.forward(h[-1], training=True)
    return h, f
