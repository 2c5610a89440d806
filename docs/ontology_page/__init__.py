"""The parts of docs/make_ontology.py: what is read, the figures, the worked examples, the page."""
