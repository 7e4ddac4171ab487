"""The array is updated before the velocity gets the new gradient.

Each gradient then has its effect one step late. In the first step the velocity is still zero, so
nothing changes: the example gives 1, 0.9 and 0.71 instead of 0.9, 0.71 and 0.539. Update the
velocity first.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
            v *= self._momentum
            v += direction
