"""train_cnn trains one network and returns another one.

build_cnn makes a new network with every call. Keep the one that was trained, and return it.
"""


def train_cnn(X, y, rng, epochs=9):
    build_cnn(rng).fit(X, y, epochs, rng=rng)
    return build_cnn(rng)
