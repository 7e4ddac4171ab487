"""What differentiation is: derivatives computed in ways other than backpropagation."""
