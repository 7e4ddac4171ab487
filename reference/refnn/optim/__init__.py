"""How weights are updated with their gradients: optimizers."""
