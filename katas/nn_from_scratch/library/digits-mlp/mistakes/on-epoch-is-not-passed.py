"""train_model does not pass on_epoch to fit.

Then nobody sees the progress of the training until it is over. Pass it on.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(split.X_train, split.y_train, epochs, rng=rng)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
