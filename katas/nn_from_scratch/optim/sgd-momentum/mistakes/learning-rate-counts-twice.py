"""The learning rate multiplies the gradient in the velocity, and then the velocity again.

With lr = 0.1 each step is 10 times too short: after the first step of the example, p is 0.99
instead of 0.9. There are two conventions, each with one lr: in the velocity or in front of it.
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
            v += self._lr * direction
            p -= self._lr * (self._lr * direction + self._momentum * v if self._nesterov else v)
