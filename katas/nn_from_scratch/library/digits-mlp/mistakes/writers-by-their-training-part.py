"""measure_new_writers measures each model on the training part of its split.

The images of all other writers are then read, near 100 %, and the new writer not at all. Count
the test part.
"""


def measure_new_writers(splits, rng, epochs=20):
    shares = []
    for split in splits:
        model = train_model(split, rng, epochs).model
        shares.append(accuracy(predict_classes(model.predict(split.X_train)), split.y_train))
    return np.array(shares, dtype=float)
