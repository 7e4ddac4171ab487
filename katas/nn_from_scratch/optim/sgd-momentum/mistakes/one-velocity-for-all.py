"""All arrays share one velocity.

The gradient of each array is added to what the array before it has left there. With one array the
result is right; with two of equal shapes, the second is also updated with the gradient of the
first, and with different shapes numpy raises an error or broadcasts. Keep one velocity per array.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = 0.0
        for p, g in zip(params, grads, strict=True):
            direction = g + self._weight_decay * p
            self._velocities = self._momentum * self._velocities + direction
            v = self._velocities
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
