"""loss takes the logarithm of probabilities that can be rounded to 0.

When two scores are 746 or more apart, the smaller probability is exactly 0 and the loss is inf. The
right loss is about the gap itself, such as 746. Compute the logarithm from the scores.
"""

base = "variants/plain"


class NeuralNetwork:
    def loss(self, X, y):
        samples, labels = self._batch(X, y)
        log_probs = np.log(self._pass(samples)[1])
        return -float(log_probs[np.arange(len(labels)), labels].mean())
