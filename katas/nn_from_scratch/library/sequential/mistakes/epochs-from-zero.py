"""on_epoch gets numbers from 0.

The first epoch is number 1, so that "epoch 20 of 20" is the last line.
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
                on_epoch(epoch, dict(zip(names, values, strict=True)))
        return history
