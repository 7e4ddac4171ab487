"""measure_new_writers evaluates each model on the training set of its split.

The accuracy is then that of the other writers, near 100 %, and the new writer is not tested at all.
Count the test set.
"""


def measure_new_writers(splits, rng, epochs=20):
    shares = []
    for split in splits:
        model = train_model(split, rng, epochs).model
        shares.append(accuracy(predict_classes(model.predict(split.X_train)), split.y_train))
    return np.array(shares, dtype=float)
