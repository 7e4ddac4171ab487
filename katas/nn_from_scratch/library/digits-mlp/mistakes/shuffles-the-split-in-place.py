"""train_model shuffles the arrays of the split in place.

They belong to the caller: a second training run gets the images in a different order, and a different
result with the same seed. fit shuffles row numbers, and leaves the arrays as they are.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    order = rng.permutation(len(split.X_train))
    split.X_train[...] = split.X_train[order]
    split.y_train[...] = split.y_train[order]
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(split.X_train, split.y_train, epochs, rng=rng, on_epoch=on_epoch)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predicted, split.y_test),
        confusion_matrix(split.y_test, predicted),
    )
