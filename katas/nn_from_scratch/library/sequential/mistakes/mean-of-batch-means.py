"""evaluate takes the mean of the batch means, whatever the sizes of the batches are.

With 65 samples in batches of 32, 32 and 1, the single sample counts as much as 32 others:
losses of 1, 1 and 10 give 4.0 instead of 1.138. Multiply each mean by the size of its batch,
and divide by the number of all samples.
"""


class Sequential:
    def evaluate(self, X, Y, batch_size=32):
        if self._optimizer is None:
            raise RuntimeError("evaluate needs a compile before it")
        samples, targets = _pair(X, Y)
        sums = np.zeros(1 + len(self._metrics))
        for part in batches(len(samples), batch_size):
            scores = _forward(self._layers_of_the_loss(), samples[part], False)
            sums += np.array(self._measure(scores, targets[part]))
        return tuple((sums / -(-len(samples) // batch_size)).tolist())
