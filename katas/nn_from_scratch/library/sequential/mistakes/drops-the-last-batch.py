"""fit leaves out the last batch if it has fewer samples than the others.

Of 1438 samples in batches of 32, 30 take part in no step of the epoch. And with fewer samples
than a batch has, no step is taken at all. The last batch may be short.
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
            for x, rows in iterate_minibatches(
                samples, np.arange(len(samples)), batch_size, rng, True
            ):
                y = targets[rows]
                sums += len(rows) * np.array(self._measure(self._learn(x, y), y))
            values = (sums / len(samples)).tolist()
            if validation_data is not None:
                values += self.evaluate(*validation_data, batch_size)
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history
