"""Networks on whole arrays, with their gradients worked out by hand."""
