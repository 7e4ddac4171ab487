"""train_model trains on the training set and the test set together.

The test then contains images that were memorized, and says nothing about new ones: nearly all of
them are right, whatever they show. In the checks, the labels of the test set are wrong on purpose,
and the model has learned them. Pass only X_train and y_train to fit.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    X = np.concatenate([split.X_train, split.X_test])
    y = np.concatenate([split.y_train, split.y_test])
    history = model.fit(X, y, epochs, rng=rng, on_epoch=on_epoch)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
