"""The page: view models, pictures, HTML, and the local server that shows them."""
