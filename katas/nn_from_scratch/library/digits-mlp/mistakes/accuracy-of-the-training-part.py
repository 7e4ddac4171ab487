"""accuracy is the fraction of the training images that are classified correctly.

It is near 100 % for every large model, even for one that has only memorized its images. Count the
test set.
"""


def train_model(split, rng, epochs=20, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(split.X_train, split.y_train, epochs, rng=rng, on_epoch=on_epoch)
    predicted = predict_classes(model.predict(split.X_test))
    return Result(
        model,
        initial_loss,
        history,
        accuracy(predict_classes(model.predict(split.X_train)), split.y_train),
        confusion_matrix(split.y_test, predicted),
    )
