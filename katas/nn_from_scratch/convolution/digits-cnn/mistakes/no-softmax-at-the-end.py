"""The network ends with the dense layer and gives scores, not probabilities.

Scores can be negative, and do not add up to 1. The last layer is a Softmax.
"""


def build_cnn(rng):
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
        ]
    )
    model.params["8.W"][...] *= 0.1
    model.compile("categorical_crossentropy", Adam(lr=0.01))
    return model
