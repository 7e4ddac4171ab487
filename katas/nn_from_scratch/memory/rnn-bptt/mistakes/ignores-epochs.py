"""train_on_rows always trains for the same number of epochs.

With epochs=0 the layers should come back as they were made, and with epochs=3 each image should be
read three times.
"""


def train_on_rows(X, y, rng, epochs=8):
    images = np.asarray(X, dtype=np.float64).reshape(len(np.asarray(X)), 8, 8)
    rnn, head = RNN(8, 64, rng), Dense(64, 10, rng, "lecun")
    layers = (rnn, head)
    named = [(layer, name) for layer in layers for name in layer.params]
    params = [layer.params[name] for layer, name in named]
    epochs = 8
    for lr, count in ((0.005, epochs - epochs // 3), (0.001, epochs // 3)):
        optimizer = Adam(lr=lr)
        for _ in range(count):
            for x, labels in iterate_minibatches(images, y, 32, rng):
                for layer in layers:
                    layer.zero_grad()
                states = rnn.forward(x, training=True)
                logits = head.forward(states[:, -1], training=True)
                dhs = np.zeros_like(states)
                dhs[:, -1] = head.backward(softmax_cross_entropy_grad(logits, labels))
                rnn.backward(dhs)
                optimizer.step(params, [layer.grads[name] for layer, name in named])
    return rnn, head
