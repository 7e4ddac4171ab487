"""train_model passes the test set to fit as validation data.

This does not change the weights. But a person who sees the test accuracy in each epoch stops,
starts again, and changes the model until it is good: then the test set has chosen. Look at it once,
at the end.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(split.X_train, split.y_train, epochs, validation_data=(split.X_test, split.y_test), rng=rng, on_epoch=on_epoch)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
