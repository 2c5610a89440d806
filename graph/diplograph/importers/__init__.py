"""Public datasets of the field, imported into an on-disk store.

Each dataset is a module with a declared layout of its columns and one function that tells what a
row says (:mod:`diplograph.importers.telling`); all else, from reading the file to the store that
appears only when it is complete, is done in one way for all of them
(:mod:`diplograph.importers.running`).
"""

from __future__ import annotations

from importlib import import_module

from diplograph.errors import OptionError
from diplograph.importers.running import Dataset, Imported, import_dataset

__all__ = ["DATASETS", "Dataset", "Imported", "dataset", "import_dataset"]

DATASETS = ("sipri", "ieadb", "desta", "archigos", "cow")
"""The datasets that can be imported, by the names of their modules."""


def dataset(name: str) -> Dataset:
    """What is to be known of a dataset.

    Raises :class:`~diplograph.errors.OptionError` for a name that is none of :data:`DATASETS`.

    >>> dataset("cow").name
    'cow'
    """
    if name not in DATASETS:
        raise OptionError(f"“{name}” is no dataset; those known are {', '.join(DATASETS)}.")
    found: Dataset = import_module(f"diplograph.importers.{name}").DATASET
    return found
