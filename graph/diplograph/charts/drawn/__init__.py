"""How the pictures are drawn with matplotlib, one module a kind of picture."""
