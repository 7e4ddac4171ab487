"""The history has the mean of the batch means of each epoch, whatever the sizes of the batches are.

The short last batch counts too much: with losses of 1, 1 and 10 in batches of 32, 32 and 1, the
mean is 1.138 and not 4.0. Multiply each mean by the size of its batch, and divide by the number
of all samples.
"""


class Sequential:
    def fit(
        self,
        X,
        Y,
        epochs=1,
        batch_size=32,
        validation_data=None,
        rng=None,
        on_epoch=None,
    ):
        if self._optimizer is None:
            raise RuntimeError("fit needs a compile before it")
        samples, targets = _pair(X, Y)
        names = ["loss", *self._metrics]
        if validation_data is not None:
            names += [f"val_{name}" for name in names]
        history = {name: [] for name in names}
        for epoch in range(epochs):
            sums = np.zeros(1 + len(self._metrics))
            for x, rows in iterate_minibatches(samples, np.arange(len(samples)), batch_size, rng):
                y = targets[rows]
                sums += np.array(self._measure(self._learn(x, y), y))
            values = (sums / -(-len(samples) // batch_size)).tolist()
            if validation_data is not None:
                values += self.evaluate(*validation_data, batch_size)
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history
