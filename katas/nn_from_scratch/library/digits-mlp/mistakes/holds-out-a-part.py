"""train_model trains on nine tenths of the training set only.

A validation set is a good way to choose the number of epochs. Once they are chosen, use all
training images: of 32, three would never be learned here.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    n = len(split.X_train) - len(split.X_train) // 10
    history = model.fit(
        split.X_train[:n], split.y_train[:n], epochs, rng=rng, on_epoch=on_epoch
    )
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
