"""step does not test the shapes of the gradients.

A gradient of shape (1,) or without axes is broadcast: all weights of the array are then updated
with one number, without an error. Compare every shape with that of its array, before the first
array is changed.
"""


class SGD:
    def step(self, params, grads):
        if len(params) != len(grads):
            raise ValueError("each array needs a gradient")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
