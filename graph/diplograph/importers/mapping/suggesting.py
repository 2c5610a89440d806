"""Drafting a mapping."""


def suggest(*a: object, **k: object) -> str:
    """Draft."""
    raise NotImplementedError
