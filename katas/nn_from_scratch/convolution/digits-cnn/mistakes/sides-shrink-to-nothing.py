"""The images shrink from layer to layer, until a window does not fit.

Without padding, a 3 × 3 window turns 8 pixels into 6, pooling makes 3, the next convolution 1, and a pooling
window of size 2 does not fit into 1. With pad=1, the convolutions keep the size: 8, 4, 2.
"""


def build_cnn(rng):
    model = Sequential(
        [
            ToImages(8, 8),
            Conv2D(1, 8, (3, 3), rng),
            ReLU(),
            MaxPool2D(2),
            Conv2D(8, 16, (3, 3), rng),
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
