"""``diplograph import``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.importers import Imported

_FILE = click.Path(path_type=Path)

_DATASETS = {
    "sipri": ("SIPRI's trade register of arms transfers", "trade-register.csv"),
    "ieadb": ("agreements and members of the IEA Database", "treaties.csv members.xlsx"),
    "desta": ("trade agreements of DESTA", "list_of_treaties.csv"),
    "archigos": ("leaders of Archigos", "Archigos_4.1_stata14.dta"),
    "cow": ("states of the Correlates of War project", "states2016.csv"),
}


@click.group()
def command() -> None:
    """Import a public dataset into an on-disk store.

    The store is made if need be; a new one holds the shipped graph and the crosswalk of states too.
    It shows an import only when that is complete. A second import of the same file changes nothing;
    another edition takes the place of the former one.

    \b
    Example:
      diplograph import sipri trade-register.csv --into my-world
    """


def _importing(name: str, what: str, example: str) -> click.Command:
    @click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
    @click.option(
        "--into", type=_FILE, required=True, metavar="DIR",
        help="The on-disk store to import into; open it with --graph DIR.",
    )  # fmt: skip
    @click.option("--edition", metavar="TEXT", help="How its publisher calls this edition.")
    @click.option(
        "--issued", metavar="DATE", help="When this edition was published, as YYYY-MM-DD or less."
    )
    @click.option(
        "--encoding", metavar="NAME",
        help="The text encoding of the file, where it is not UTF-8 or Windows-1252.",
    )  # fmt: skip
    @options.json_option
    def run(
        files: tuple[Path, ...],
        into: Path,
        edition: str | None,
        issued: str | None,
        encoding: str | None,
        as_json: bool,
    ) -> None:
        from diplograph.importers import dataset, import_dataset
        from diplograph.reconciling import apply_judgements, decisions_path, read_decisions

        decisions = read_decisions(decisions_path(into))
        with options.progress(f"importing {name}") as say:
            done = import_dataset(
                dataset(name), files, into,
                edition=edition, issued=issued, encoding=encoding, progress=say,
                decisions=decisions.meant,
            )  # fmt: skip
            judged = apply_judgements(into)
        for pair in judged.stale:
            text.error(
                f"a judgement was not applied, since one is gone or has another name: {pair}"
            )
        _tell(done, as_json)

    run.__doc__ = f"""Import the {what}.

    \b
    Example:
      diplograph import {name} {example} --into my-world
    """
    return click.command(name)(run)


def _tell(done: Imported, as_json: bool) -> None:
    """What an import did."""
    if as_json:
        options.print_json(done.to_dict())
        return
    if not done.changed:
        click.echo(f"{done.into} holds just this of {done.dataset} already; nothing was changed")
        return
    click.echo(
        f"imported {done.dataset} into {done.into}: {text.counted(done.rows, 'row')}, "
        f"{text.counted(done.facts, 'fact')}, {text.counted(done.refused, 'row')} refused"
    )
    if done.notes:
        click.echo(
            f"{text.counted(done.notes, 'entry', 'entries')} in the ledger of what was not "
            f"taken over as it stands: diplograph import ledger {done.dataset} --into {done.into}"
        )


for _name, (_what, _example) in _DATASETS.items():
    command.add_command(_importing(_name, _what, _example))


@command.command()
@click.argument("file", type=_FILE, metavar="FILE")
@click.option(
    "--mapping", type=_FILE, metavar="YAML", help="What the columns are; --suggest drafts one."
)
@click.option(
    "--into", type=_FILE, metavar="DIR",
    help="The on-disk store to import into; open it with --graph DIR.",
)  # fmt: skip
@click.option("--edition", metavar="TEXT", help="How its publisher calls this edition.")
@click.option(
    "--issued", metavar="DATE", help="When this edition was published, as YYYY-MM-DD or less."
)
@click.option(
    "--suggest", "wanted", is_flag=True,
    help="Draft a mapping from the header and the first rows, and import nothing.",
)  # fmt: skip
@click.option("-o", "output", type=_FILE, metavar="YAML", help="With --suggest: write it here.")
@click.option("--encoding", metavar="NAME", help="With --suggest: the encoding of the file.")
@click.option("--delimiter", metavar="LETTER", help="With --suggest: what parts its cells.")
@click.option("--sheet", metavar="NAME", help="With --suggest: the sheet of the workbook.")
@options.json_option
def table(
    file: Path,
    mapping: Path | None,
    into: Path | None,
    edition: str | None,
    issued: str | None,
    wanted: bool,
    output: Path | None,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    as_json: bool,
) -> None:
    """Import a table of your own by a mapping of its columns, or draft the mapping.

    FILE is delimited text (.csv, .tsv, .txt), a workbook (.xlsx, .ods and others), a table of Stata
    (.dta) or of Parquet. The mapping is a short YAML file; docs/datasets/your-own-table.md goes
    through it.

    \b
    Example:
      diplograph import table my-pacts.csv --suggest -o my-pacts.yaml
      diplograph import table my-pacts.csv --mapping my-pacts.yaml --into my-world
    """
    from diplograph.importers.mapping import import_table, suggest

    drafting = {"-o": output, "--encoding": encoding, "--delimiter": delimiter, "--sheet": sheet}
    importing = {"--mapping": mapping, "--into": into, "--edition": edition, "--issued": issued}
    if wanted:
        _refuse(importing, "goes without --suggest")
        draft = suggest(file, encoding=encoding, delimiter=delimiter, sheet=sheet, output=output)
        click.echo(f"drafted {output}" if output else draft, nl=output is not None)
        return
    _refuse(drafting, "goes with --suggest; write it into the mapping")
    if mapping is None or into is None:
        raise click.UsageError("give --mapping and --into, or --suggest.")
    with options.progress(f"importing {file.name}") as say:
        done = import_table(file, mapping, into, edition=edition, issued=issued, progress=say)
    _tell(done, as_json)


def _refuse(given: Mapping[str, object], why: str) -> None:
    for name, value in given.items():
        if value is not None:
            raise click.UsageError(f"{name} {why}.")


@command.command()
@click.argument("name", metavar="DATASET", required=False)
@click.option("--into", type=_FILE, required=True, metavar="DIR", help="The on-disk store.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")
@options.json_option
def ledger(name: str | None, into: Path, as_csv: bool, as_json: bool) -> None:
    """List what imports did not take over as it stands: row, value and reason.

    \b
    Example:
      diplograph import ledger sipri --into my-world --csv
    """
    from diplograph.importers.ledger import ledger as entries

    found = entries(into, name)
    if as_json:
        options.print_json({"entries": [entry.to_dict() for entry in found]})
    elif as_csv:
        import csv
        import sys

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("source", "row", "reason", "printed", "detail"))
        writer.writerows((e.source, e.row, e.reason, e.printed, e.detail) for e in found)
    elif not found:
        click.echo("the ledger has no entry: every row was taken over as it stands")
    else:
        for entry in found:
            text.paragraph(f"{entry.source}, row {entry.row}: {entry.reason}: {entry.detail}", 0)
