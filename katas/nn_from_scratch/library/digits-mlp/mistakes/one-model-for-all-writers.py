"""measure_new_writers keeps training the same model from split to split.

From the second split on, the model has already seen the writer whom it should not know, in the
split before. Its accuracy is then that of a writer it knows. Build a new model for each split.
"""


def measure_new_writers(splits, rng, epochs=20):
    model, shares = build_model(rng), []
    for split in splits:
        model.fit(split.X_train, split.y_train, epochs, rng=rng)
        shares.append(accuracy(predict_classes(model.predict(split.X_test)), split.y_test))
    return np.array(shares, dtype=float)
