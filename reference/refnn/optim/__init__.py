"""How weights are moved along their gradients: optimizers."""
