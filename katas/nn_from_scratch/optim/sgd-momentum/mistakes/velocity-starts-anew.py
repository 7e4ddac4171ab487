"""The velocity is zero again at the beginning of each step.

Then it is only the gradient, and momentum has no effect: in the example of the lesson, the second
step ends at 0.8 instead of 0.71. Make the velocities once, and keep them in the object.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
