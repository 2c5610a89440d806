"""The diplograph ontology: vocabulary, shapes, curated facts, questions and projections in RDF.

There is no code here; :mod:`diplograph.resources` reads it.
"""
