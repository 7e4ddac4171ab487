"""weight_decay times p is subtracted from the gradient.

The step goes against the gradient, so the weights then grow: with lr 0.1, weight_decay 0.5 and a
gradient of 0, a weight of 1 becomes 1.05 instead of 0.95. Add it to the gradient.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g - self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
