"""The diplograph ontology: vocabulary, shapes, curated facts, the states of the world, questions
and projections in RDF, and the templates that questions in English are read by.

There is no code here; :mod:`diplograph.resources` reads it.
"""
