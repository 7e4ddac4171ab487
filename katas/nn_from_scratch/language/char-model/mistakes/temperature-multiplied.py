"""The logits are multiplied by the temperature.

A low temperature then makes the probabilities more equal instead of less: at 1/4, the likeliest of
three characters, with probability 0.7 beside 0.2 and 0.1, is drawn with probability 0.43 instead of
0.99. Divide by it.
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
                probabilities = softmax(logits * temperature)
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join((self._vocab[number] for number in ids[len(prompt) :]))
