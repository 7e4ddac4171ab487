"""The optimizer gets each array twice, so it takes two steps in one.

Each weight changes by twice as much: a learning rate of 0.1 acts like 0.2, and may be too large.
Pass each array exactly once.
"""


class Sequential:
    def _learn(self, x, y):
        layers = self._layers_of_the_loss()
        self.zero_grad()
        scores = _forward(layers, x, True)
        _backward(layers, _LOSSES[self._loss][1](scores, y))
        self._optimizer.step(2 * list(self.params.values()), 2 * list(self.grads.values()))
        return scores
