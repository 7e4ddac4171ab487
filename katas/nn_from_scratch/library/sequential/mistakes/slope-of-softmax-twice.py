"""The loss gets the logits, but its gradient is sent back through the Softmax layer as well.

softmax(z) - Y is already the gradient with respect to the logits. It already contains the Jacobian
of softmax. Multiplied by the Jacobian again, the gradient points in a different direction and is
much smaller: where the probabilities are 0.99 and 0.01, by a factor of about 50. Begin the backward
pass with the layer before Softmax.
"""


class Sequential:
    def _learn(self, x, y):
        layers = self._layers_of_the_loss()
        self.zero_grad()
        scores = _forward(layers, x, True)
        _forward(self.layers, x, True)
        _backward(self.layers, _LOSSES[self._loss][1](scores, y))
        self._optimizer.step(list(self.params.values()), list(self.grads.values()))
        return scores
