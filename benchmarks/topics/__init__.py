"""Compare topic models on texts whose category is known: `make benchmark DATA=folder`."""
