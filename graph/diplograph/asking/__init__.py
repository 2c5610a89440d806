"""Questions in plain English: heard, matched to templates, run on the graph, told in a sentence.

No language model takes part. :mod:`~diplograph.asking.dividing` parts what is two questions in one;
:mod:`~diplograph.asking.hearing` finds names, kinds, dates and words in each;
:mod:`~diplograph.asking.matching` finds the templates that it can be meant as;
:mod:`~diplograph.asking.running` asks the graph; :mod:`~diplograph.asking.choosing` takes the
reading that accounts for the question best, or refuses; :mod:`~diplograph.asking.telling` says it.
"""
