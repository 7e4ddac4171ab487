"""step does not test how many gradients there are.

zip stops at the shorter list without an error, so arrays without a gradient are never trained,
and nobody notices. Compare the lengths before the first array is changed, and raise a ValueError.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p, _ in zip(params, grads)] != [g.shape for _, g in zip(params, grads)]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities):
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
