"""All optimizers share the velocities.

A list or dict in the class body, or as the default of a parameter, exists only once, so a second
optimizer starts with the velocities of the first. Make it in __init__, so that each optimizer has
its own.
"""


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False, velocities=[]):
        if not lr >= 0:
            raise ValueError("lr must not be below 0")
        if not 0 <= momentum < 1:
            raise ValueError("momentum must be from 0 to below 1")
        if not weight_decay >= 0:
            raise ValueError("weight_decay must not be below 0")
        self._lr = lr
        self._momentum = momentum
        self._weight_decay = weight_decay
        self._nesterov = nesterov
        self.velocities = velocities

    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            if i == len(self.velocities):
                self.velocities.append(0.0)
            direction = g + self._weight_decay * p
            v = self._momentum * self.velocities[i] + direction
            self.velocities[i] = v
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
