"""A model that writes: it predicts the next character, and then the next."""
