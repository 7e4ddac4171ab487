"""The validation data is evaluated before each epoch instead of after it.

val_loss is then one epoch late: its first number belongs to the untrained model, 2.3 for ten
classes, and the last epoch is never evaluated.
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
            early = []
            if validation_data is not None:
                early = list(self.evaluate(*validation_data, batch_size))
            scores, order = [], []
            for x, rows in iterate_minibatches(samples, np.arange(len(samples)), batch_size, rng):
                scores.append(self._learn(x, targets[rows]))
                order.append(rows)
            values = self._measure(np.concatenate(scores), targets[np.concatenate(order)]) + early
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history
