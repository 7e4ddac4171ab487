"""The gradients are never set to zero, so each step follows the sum of all gradients so far.

backward adds to grads. So step 10 also follows the nine gradients before it, although they
belong to weights that have changed since. Call zero_grad before the backward pass of each step.
"""


class Sequential:
    def _learn(self, x, y):
        layers = self._layers_of_the_loss()
        scores = _forward(layers, x, True)
        _backward(layers, _LOSSES[self._loss][1](scores, y))
        self._optimizer.step(list(self.params.values()), list(self.grads.values()))
        return scores
