"""The forward pass on whole arrays."""
