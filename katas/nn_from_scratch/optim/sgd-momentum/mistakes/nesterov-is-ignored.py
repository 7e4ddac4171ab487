"""The option nesterov has no effect.

With it, the step is the gradient plus momentum times the new velocity. For p = 1, lr = 0.1,
momentum 0.9 and a gradient of 1, the first step ends at 1 - 0.1 (1 + 0.9) = 0.81, and without it at
0.9.
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
            p -= self._lr * v
