"""Classes: who teaches and learns in them, and what is in them."""
