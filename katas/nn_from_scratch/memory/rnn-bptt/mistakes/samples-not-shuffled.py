"""The images keep their order in all epochs.

iterate_minibatches draws new orders only from a generator that it gets. Images that come sorted by digit would
give batches of one digit.
"""


def train_on_rows(X, y, rng, epochs=8):
    images = np.asarray(X, dtype=np.float64).reshape(len(np.asarray(X)), 8, 8)
    rnn, head = RNN(8, 64, rng), Dense(64, 10, rng, "lecun")
    layers = (rnn, head)
    named = [(layer, name) for layer in layers for name in layer.params]
    params = [layer.params[name] for layer, name in named]
    for lr, count in ((0.005, epochs - epochs // 3), (0.001, epochs // 3)):
        optimizer = Adam(lr=lr)
        for _ in range(count):
            for x, labels in iterate_minibatches(images, y, 32):
                for layer in layers:
                    layer.zero_grad()
                states = rnn.forward(x, training=True)
                logits = head.forward(states[:, -1], training=True)
                dhs = np.zeros_like(states)
                dhs[:, -1] = head.backward(softmax_cross_entropy_grad(logits, labels))
                rnn.backward(dhs)
                optimizer.step(params, [layer.grads[name] for layer, name in named])
    return rnn, head
