"""What the pictures show, one module a kind of picture: found in the graph, not yet drawn."""
