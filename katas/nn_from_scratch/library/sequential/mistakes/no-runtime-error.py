"""fit and evaluate do not ask whether there was a compile.

They then fail somewhere inside, with an error that does not say what to do. Raise a
RuntimeError that names compile.
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
        samples, targets = _pair(X, Y)
        names = ["loss", *self._metrics]
        if validation_data is not None:
            names += [f"val_{name}" for name in names]
        history = {name: [] for name in names}
        for epoch in range(epochs):
            scores, order = [], []
            for x, rows in iterate_minibatches(samples, np.arange(len(samples)), batch_size, rng):
                scores.append(self._learn(x, targets[rows]))
                order.append(rows)
            values = self._measure(np.concatenate(scores), targets[np.concatenate(order)])
            if validation_data is not None:
                values += self.evaluate(*validation_data, batch_size)
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history

    def evaluate(self, X, Y, batch_size=32):
        samples, targets = _pair(X, Y)
        sums = np.zeros(1 + len(self._metrics))
        for part in batches(len(samples), batch_size):
            scores = _forward(self._layers_of_the_loss(), samples[part], False)
            sums += len(scores) * np.array(self._measure(scores, targets[part]))
        return tuple((sums / len(samples)).tolist())
