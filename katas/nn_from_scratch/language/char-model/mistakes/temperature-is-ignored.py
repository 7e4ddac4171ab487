"""The characters are drawn with the probabilities of temperature 1, whatever the temperature is.

Divide the logits by it before the softmax: below 1 the likely characters become likelier, above 1 all
probabilities become more equal.
"""


class CharModel:
    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or temperature < 0:
            raise ValueError("a prompt, and a temperature of at least 0, are needed")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            seen = np.array([ids[-self._context :]])
            logits = self._forward(seen)[0, -1]
            if temperature == 0:
                ids.append(int(logits.argmax()))
            else:
                probabilities = softmax(logits)
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join((self._vocab[number] for number in ids[len(prompt) :]))
