"""When the text is longer than the context, sample shows the model its first C characters.

The next character then follows what was written long ago, and from then on the logits are always
the same. The last C characters count.
"""


class CharModel:
    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or temperature < 0:
            raise ValueError("a prompt, and a temperature of at least 0, are needed")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            seen = np.array([ids[: self._context]])
            logits = self._forward(seen)[0, -1]
            if temperature == 0:
                ids.append(int(logits.argmax()))
            else:
                probabilities = softmax(logits / temperature)
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join((self._vocab[number] for number in ids[len(prompt) :]))
