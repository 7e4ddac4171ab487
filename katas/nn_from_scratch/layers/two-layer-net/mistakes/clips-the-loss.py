"""loss clips the probabilities before it takes their logarithm.

With a lower limit of 1e-15 the loss is never above 34.5, even where the right loss is 2000.
log_softmax works with the scores and needs no limit.
"""

base = "variants/plain"


class NeuralNetwork:
    def loss(self, X, y):
        samples, labels = self._batch(X, y)
        probs = self._pass(samples)[1]
        log_probs = np.log(np.clip(probs, 1e-15, 1.0))
        return -float(log_probs[np.arange(len(labels)), labels].mean())
