"""build_cnn makes a generator of its own.

All networks then start with the same weights, whatever rng is passed, so several training runs tell you
no more than one. Use rng.
"""


def build_cnn(rng):
    rng = np.random.default_rng(0)
    model = Sequential(
        [
            ToImages(8, 8),
            Conv2D(1, 8, (3, 3), rng, pad=1),
            ReLU(),
            MaxPool2D(2),
            Conv2D(8, 16, (3, 3), rng, pad=1),
            ReLU(),
            MaxPool2D(2),
            Flatten(),
            Dense(64, 10, rng),
            Softmax(),
        ]
    )
    model.params["8.W"][...] *= 0.1
    model.compile("categorical_crossentropy", Adam(lr=0.01))
    return model
