"""Softmax.forward stores the same array that it returns.

The caller may change it: a training loop that computes p[rows, labels] -= 1 in place also changes what
backward uses. Store a copy.
"""


class Softmax:
    def forward(self, x, training=False):
        p = softmax(x)
        if training:
            self._p = p
        return p
