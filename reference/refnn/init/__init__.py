"""How the weights of a layer are drawn before training starts."""
