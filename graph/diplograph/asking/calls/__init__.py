"""What a template can call instead of running its pattern: what is listed, reckoned or compared.

A template names its call (``call = "interval"``); :data:`diplograph.asking.running.CALLED` has, by
that name, the module here and the function that answers. Each takes the context and a reading and
gives an outcome. Three modules only serve the others: :mod:`~diplograph.asking.calls.measured`
(what figures are of), :mod:`~diplograph.asking.calls.siding` (which of two comes first) and
:mod:`~diplograph.asking.calls.weighing` (how two figures read side by side).
"""
