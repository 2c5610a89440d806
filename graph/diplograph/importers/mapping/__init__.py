"""Tables of one's own: a short declared mapping says what the columns are.

:func:`~diplograph.importers.mapping.importing.import_table` imports a table by its mapping, in the
same way as the public datasets; :func:`~diplograph.importers.mapping.suggesting.suggest` drafts a
mapping from a table's header and first rows. What a mapping can say is declared in
:mod:`diplograph.importers.mapping.schema`; why it is no RML or CSVW is said in
docs/decisions/0013-mapping-of-tables.md.
"""

from __future__ import annotations

from diplograph.importers.mapping.importing import import_table
from diplograph.importers.mapping.reading import read_mapping
from diplograph.importers.mapping.suggesting import suggest

__all__ = ["import_table", "read_mapping", "suggest"]
