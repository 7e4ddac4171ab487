"""The model ends with a dense layer, so it predicts logits and not probabilities.

A logit of 7 does not say how sure the model is. Put a Softmax at the end; the cross-entropy of
Sequential expects it.
"""


def build_model(rng):
    model = Sequential(
        [Dense(64, 128, rng), ReLU(), Dense(128, 64, rng), ReLU(), Dense(64, 10, rng)]
    )
    model.params["4.W"][...] *= 0.1
    model.compile("categorical_crossentropy", SGD(lr=0.1, momentum=0.9))
    return model
