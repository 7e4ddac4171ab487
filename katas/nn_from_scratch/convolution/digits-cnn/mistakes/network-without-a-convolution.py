"""The network contains no Conv2D.

A network of dense layers may read the digits, but each of its units learns every stroke at every position anew.
This kata asks for filters: at least one Conv2D.
"""


def build_cnn(rng):
    model = Sequential(
        [
            Dense(64, 40, rng),
            ReLU(),
            Dense(40, 10, rng),
            Softmax(),
        ]
    )
    model.params["2.W"][...] *= 0.1
    model.compile("categorical_crossentropy", Adam(lr=0.01))
    return model
