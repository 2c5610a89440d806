"""The errors that diplograph raises, all of them subclasses of :class:`DiplographError`.

::

    DiplographError
    ├── AddressError         a graph that cannot be opened
    │   ├── GraphFileError   a file that is missing, unreadable or broken (file, line)
    │   ├── StoreError       an on-disk store that is damaged, in use or not a store
    │   └── EndpointError    a remote endpoint that does not answer as it should
    ├── NameError_           a name that does not lead to one entity
    │   ├── UnknownName      no entity bears it
    │   └── AmbiguousName    several entities bear it
    ├── DateError            a date that cannot be read
    ├── QueryError           a SPARQL query that is refused or wrong
    │   └── QueryTimeout     a SPARQL query that was stopped
    ├── TemplateError        a file of question templates that is wrong
    ├── NotUnderstood        a question in English that matches no template
    ├── DecisionError        a file of the user's decisions that is wrong
    ├── TableError           a table that cannot be imported
    │   └── MappingError     a mapping of a table that is wrong (file, line)
    ├── SourceError          a reader's copy of a source that cannot be used
    └── OptionError          an argument whose value is none of the allowed ones

Every message is one line that says what was wrong, where, and what would be right.
"""

from __future__ import annotations

__all__ = [
    "AddressError",
    "AmbiguousName",
    "DateError",
    "DecisionError",
    "DiplographError",
    "EndpointError",
    "GraphFileError",
    "MappingError",
    "NameError_",
    "NotUnderstood",
    "OptionError",
    "QueryError",
    "QueryTimeout",
    "SourceError",
    "StoreError",
    "TableError",
    "TemplateError",
    "UnknownName",
]


class DiplographError(Exception):
    """Base of all errors that diplograph raises on purpose."""


class AddressError(DiplographError):
    """A graph cannot be opened at the address given."""


class GraphFileError(AddressError):
    """A graph file is missing, unreadable or broken."""


class StoreError(AddressError):
    """An on-disk store is damaged, in use or not a store at all."""


class EndpointError(AddressError):
    """A remote SPARQL endpoint does not answer as it should."""


class NameError_(DiplographError):
    """A name does not lead to exactly one entity.

    ``name`` is what was asked for, ``suggestions`` the labels to choose from.
    """

    def __init__(self, message: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.suggestions = suggestions


class UnknownName(NameError_):
    """No entity of the graph bears the name."""


class AmbiguousName(NameError_):
    """Several entities bear the name."""


class DateError(DiplographError):
    """A date is not an EDTF expression that diplograph reads."""


class QueryError(DiplographError):
    """A SPARQL query is refused or wrong."""


class QueryTimeout(QueryError):
    """A SPARQL query ran longer than allowed and was stopped."""


class SourceError(DiplographError):
    """A reader's copy of a source cannot be used."""


class TableError(DiplographError):
    """A table cannot be read, or its layout is none that is known."""


class MappingError(TableError):
    """A mapping of a table cannot be read, or says what a mapping cannot say."""


class TemplateError(DiplographError):
    """A file of question templates cannot be read or says what a template cannot say."""


class DecisionError(DiplographError):
    """A file of the user's decisions cannot be read, or says what a decision cannot say."""


class NotUnderstood(DiplographError):
    """A question in English is not answered, because it or a part of it is not understood.

    ``part`` is what was not understood, ``nearest`` are questions that could be answered, and
    ``facts`` the IRIs of the facts that speak of the rest of the question.
    """

    def __init__(
        self,
        message: str,
        part: str,
        nearest: tuple[str, ...] = (),
        facts: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.part = part
        self.nearest = nearest
        self.facts = facts


class OptionError(DiplographError):
    """An argument has a value that is none of the allowed ones."""
