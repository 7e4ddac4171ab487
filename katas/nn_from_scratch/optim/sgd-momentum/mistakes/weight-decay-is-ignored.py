"""The option weight_decay has no effect.

It adds weight_decay times p to the gradient: for p = 2, weight_decay 0.5 and a gradient of 1, the
step uses 2, not 1.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, direction, v in zip(params, grads, self._velocities, strict=True):
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
