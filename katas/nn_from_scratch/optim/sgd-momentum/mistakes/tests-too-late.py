"""The shape of each gradient is tested only when its turn comes.

The arrays before it have then already been updated, and a caller who handles the ValueError has a
network that is half a step further. Test all shapes before the first array is changed.
"""


class SGD:
    def step(self, params, grads):
        if len(params) != len(grads):
            raise ValueError("each array needs a gradient")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            if p.shape != g.shape:
                raise ValueError("each array needs a gradient of its own shape")
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
