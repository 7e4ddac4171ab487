"""Loss and gradient are computed from the probabilities, which are kept above 1e-12.

The loss then never exceeds 27.6, even if it should be 1000, and a probability that was rounded to 0
has no gradient at all: nothing is learned from the worst predictions. Compute both from the logits.
"""

from ..forward.softmax import softmax
from ..losses.cross_entropy import one_hot


class Sequential:
    def _layers_of_the_loss(self):
        return self.layers

    def _learn(self, x, y):
        self.zero_grad()
        scores = _forward(self.layers, x, True)
        if self._loss == "mse":
            d = mse_grad(scores, y)
        else:
            Y = one_hot(y, scores.shape[1]) if y.ndim == 1 else y
            if isinstance(self.layers[-1], Softmax):
                d = np.where(scores > 1e-12, -Y / np.maximum(scores, 1e-12), 0.0) / len(Y)
            else:
                d = (softmax(scores) - Y) / len(Y)
        _backward(self.layers, d)
        self._optimizer.step(list(self.params.values()), list(self.grads.values()))
        return scores

    def _measure(self, scores, y):
        if self._loss == "mse":
            loss = mse(scores, y)
        else:
            p = scores if isinstance(self.layers[-1], Softmax) else softmax(scores)
            Y = one_hot(y, p.shape[1]) if y.ndim == 1 else y
            loss = float(-(Y * np.log(np.maximum(p, 1e-12))).sum(axis=1).mean())
        if not self._metrics:
            return (loss,)
        labels = y if y.ndim == 1 else predict_classes(y)
        return loss, accuracy(predict_classes(scores), labels)
