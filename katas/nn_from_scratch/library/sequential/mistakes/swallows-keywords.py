"""compile and fit accept any keyword, and ignore those that they do not know.

fit(X, Y, nb_epoch=50), written for a version of 2015, then trains for one epoch, and compile(loss,
"sgd", lr=0.1) steps with 0.01, both without a message. Without **keywords, Python raises a
TypeError.
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
        **keywords,
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
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history

    def compile(self, loss, optimizer="sgd", metrics=(), **keywords):
        if loss not in _LOSSES:
            raise ValueError(f"loss must be one of {', '.join(_LOSSES)}, got {loss!r}")
        if isinstance(optimizer, str):
            if optimizer not in ("sgd", "adam"):
                raise ValueError(f'optimizer must be "sgd" or "adam", got {optimizer!r}')
            optimizer = Adam() if optimizer == "adam" else SGD(lr=0.01)
        names = tuple(metrics)
        if not set(names) <= {"accuracy"}:
            raise ValueError(f'"accuracy" is the only metric, got {names}')
        self._loss, self._optimizer, self._metrics = loss, optimizer, names
