"""The velocities are stored by the identity of the gradient array, not of the updated array.

As long as the gradients are always the same arrays, this works. Gradients that are new arrays in
each step start with a velocity of zero every time, and momentum has no effect: the second step of
the example ends at 0.8 instead of 0.71. The array that is updated is the same in each step, so the
velocity belongs to it.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = {}
        for p, g in zip(params, grads, strict=True):
            v = self._velocities.setdefault(id(g), np.zeros_like(p))
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
