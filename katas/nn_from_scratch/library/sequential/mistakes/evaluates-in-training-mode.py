"""evaluate calls the layers with training=True.

Dropout is then active during the evaluation: with a rate of 0.5, every evaluation gives a different
and worse number. Batch normalization even changes its statistics. Only the steps of fit are
training.
"""


class Sequential:
    def evaluate(self, X, Y, batch_size=32):
        if self._optimizer is None:
            raise RuntimeError("evaluate needs a compile before it")
        samples, targets = _pair(X, Y)
        sums = np.zeros(1 + len(self._metrics))
        for part in batches(len(samples), batch_size):
            scores = _forward(self._layers_of_the_loss(), samples[part], True)
            sums += len(scores) * np.array(self._measure(scores, targets[part]))
        return tuple((sums / len(samples)).tolist())
