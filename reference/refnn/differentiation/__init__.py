"""What differentiation is: derivatives computed in other ways than backwards."""
