"""initial_loss is measured after the training.

It is then near 0, and cannot say whether the initial weights were good. Evaluate before fit.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    history = model.fit(split.X_train, split.y_train, epochs, rng=rng, on_epoch=on_epoch)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
