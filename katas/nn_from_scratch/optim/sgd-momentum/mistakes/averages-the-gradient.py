"""The gradient enters the velocity with the factor 1 - momentum.

That is a running average, a different convention. With momentum 0.9 every step is 10 times shorter
at first: the example ends at 0.954 instead of 0.539. Here the velocity is momentum times the old
velocity plus the whole gradient.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += (1 - self._momentum) * direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
