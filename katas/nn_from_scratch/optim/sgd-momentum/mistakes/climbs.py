"""A step goes along the gradient, not against it.

The gradient points uphill. With p = 1, lr = 0.1 and a gradient of 1, the array becomes 1.1 instead
of 0.9, and the loss grows with every step. Subtract lr times the velocity.
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
            p += self._lr * (direction + self._momentum * v if self._nesterov else v)
