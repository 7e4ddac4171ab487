"""The gradients are set to zero after each step only.

If somebody called backward before fit, for example in a gradient check, the first step follows
both gradients. Set them to zero before the backward pass.
"""


class Sequential:
    def _learn(self, x, y):
        layers = self._layers_of_the_loss()
        scores = _forward(layers, x, True)
        _backward(layers, _LOSSES[self._loss][1](scores, y))
        self._optimizer.step(list(self.params.values()), list(self.grads.values()))
        self.zero_grad()
        return scores
