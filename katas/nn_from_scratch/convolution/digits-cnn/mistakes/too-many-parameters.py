"""The network has 5000 parameters or more.

With 32 and 64 filters of 3 × 3, the second convolution alone has 64 · (32 · 9 + 1) = 18 496. Fewer than 5000 are
allowed, and 1898 are enough: use fewer filters.
"""


def build_cnn(rng):
    model = Sequential(
        [
            ToImages(8, 8),
            Conv2D(1, 32, (3, 3), rng, pad=1),
            ReLU(),
            MaxPool2D(2),
            Conv2D(32, 64, (3, 3), rng, pad=1),
            ReLU(),
            MaxPool2D(2),
            Flatten(),
            Dense(256, 10, rng),
            Softmax(),
        ]
    )
    model.params["8.W"][...] *= 0.1
    model.compile("categorical_crossentropy", Adam(lr=0.01))
    return model
