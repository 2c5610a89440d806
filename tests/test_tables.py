"""Tables as they come: what a cell is as text, and what is said of a file that is damaged."""

from __future__ import annotations

import datetime
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from diplograph.errors import TableError
from diplograph.tables import ENDINGS, column_names, open_table

ROWS = [["name", "year"], ["Côte d’Ivoire", "1990"], ["a; b", "x, y"]]


def rows(path: Path, *args: str, **how: str) -> list[list[str]]:
    return [cells for _, cells in open_table(path, *args, **how).rows()]


def csv(path: Path, content: bytes | str, name: str = "t.csv") -> Path:
    (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path / name


# --- encodings -----------------------------------------------------------------------------------

TEXT = "name,year\nCôte d’Ivoire,1990\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_an_encoding_that_shows_is_found(tmp_path: Path, encoding: str) -> None:
    """By its byte order mark, or because it is UTF-8, else Windows-1252."""
    assert rows(csv(tmp_path, TEXT.encode(encoding))) == ROWS[:2]


@pytest.mark.parametrize(
    "encoding", ["utf-16-le", "utf-16-be", "cp1250", "latin-1", "mac-roman", "utf-8"]
)
def test_an_encoding_is_named(tmp_path: Path, encoding: str) -> None:
    """What does not show can be said; UTF-8 may have a mark all the same."""
    text = TEXT.replace("’", "'")
    if encoding == "utf-8":
        assert rows(csv(tmp_path, text.encode("utf-8-sig")), encoding)[0] == ["name", "year"]
    assert rows(csv(tmp_path, text.encode(encoding)), encoding)[1] == ["Côte d'Ivoire", "1990"]


def test_a_letter_that_is_cut_at_the_edge_of_the_sample(tmp_path: Path) -> None:
    """The sample of 64 KB may end within a letter, and what is no UTF-8 may come after it."""
    path = csv(tmp_path, "a,b\n" + "é,ü\n" * 20_000)
    assert rows(path)[-1] == ["é", "ü"]
    assert open_table(path).encoding == "utf-8"
    late = csv(tmp_path, b"a,b\n" + b"e,u\n" * 20_000 + b"\xe9,x\n")
    assert (open_table(late).encoding, rows(late)[-1]) == ("cp1252", ["é", "x"])


def test_a_wrong_encoding_is_said_with_the_row(tmp_path: Path) -> None:
    """One line: after which row, which byte, and what to do."""
    path = csv(tmp_path, b"a,b\n" + b"x,y\n" * 3000 + b"\xe9,z\n")
    with pytest.raises(
        TableError,
        match=r"t.csv, after row \d+: is no text in utf-8-sig \(byte 0xe9\); name its encoding",
    ):
        rows(path, "utf-8")
    with pytest.raises(TableError, match=r"after row \d+: is no text in cp1252 \(byte 0x81\)"):
        rows(csv(tmp_path, b"a,b\n\x81,z\n"))
    with pytest.raises(TableError, match="“utf-9” is no text encoding"):
        rows(path, "utf-9")
    with pytest.raises(TableError, match="“rot13” is no text encoding"):
        rows(path, "rot13")
    with pytest.raises(TableError, match="is no text; save it as CSV in UTF-8"):
        rows(csv(tmp_path, b"\x00\x01\x02"))


# --- delimiters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb\n1;2,3\t4\n", "\t"),
        ("a|b\nx, y|z\n", "|"),
        ('a,b\n"x;y;z",2\n"p;q;r",3\n', ","),
        ('a;b\n"x, y\nz";2\n', ";"),
        ("A title of the list\nfrom 1990; as it was\n\na,b,c\n" + "1,2,3\n" * 9, ","),
        ("name\nKenya\nChad\n", ","),
        ("a;b;c\n" + "1;2;3\n" * 8 + "1;2\n", ";"),
    ],
)
def test_a_delimiter_that_is_clear_is_found(tmp_path: Path, text: str, delimiter: str) -> None:
    """By which all, or nearly all, of the first rows have as many cells as each other."""
    assert open_table(csv(tmp_path, text)).delimiter == delimiter


@pytest.mark.parametrize("text", ["a,b;c\n1,2;3\n", "a b\nx, y\nu; v\n", "a,b\n1;2\n3|4\n5\t6\n"])
def test_a_delimiter_that_is_not_clear_is_asked_for(tmp_path: Path, text: str) -> None:
    """A wrong guess would be worse than a question."""
    path = csv(tmp_path, text)
    with pytest.raises(
        TableError, match=r"what parts its cells is not clear \(.+\?\); name its delimiter"
    ):
        open_table(path)
    assert rows(path, delimiter=";")


def test_a_file_of_tabs_by_its_name(tmp_path: Path) -> None:
    """.tsv says what it is."""
    assert rows(csv(tmp_path, "a,b\t1\nc\t2\n", "t.tsv")) == [["a,b", "1"], ["c", "2"]]


# --- rows ----------------------------------------------------------------------------------------


def test_quoted_cells_keep_their_lines_and_marks(tmp_path: Path) -> None:
    """A row is what a spreadsheet shows as one; blanks, marks and lines within a cell stay."""
    path = csv(tmp_path, 'a,b\r\n"one\r\ntwo"," x "\r\n"say ""so""",5" gun\r\n')
    assert rows(path) == [["a", "b"], ["one\r\ntwo", " x "], ['say "so"', '5" gun']]
    assert [number for number, _ in open_table(path).rows()] == [1, 2, 3]


def test_ragged_and_blank_rows_come_as_they_are(tmp_path: Path) -> None:
    """No cell is made up; a blank line counts as a row."""
    assert rows(csv(tmp_path, "a,b\n1\n\n1,2,3\n1,2")) == [
        ["a", "b"],
        ["1"],
        [],
        ["1", "2", "3"],
        ["1", "2"],
    ]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    """With or without a byte order mark."""
    assert rows(csv(tmp_path, b"")) == rows(csv(tmp_path, b"\xef\xbb\xbf")) == []


@pytest.mark.parametrize("more", ["", "x,y\n" * 5, "x,y\n" * 100_000])
def test_a_quotation_mark_that_is_not_closed_is_said(tmp_path: Path, more: str) -> None:
    """It would take in all rows after it as one cell, and nobody would know."""
    path = csv(tmp_path, 'a,b\n1,2\n3,"four\n' + more)
    with pytest.raises(
        TableError, match="after row 2: cannot be read: a quotation mark in row 3 is not closed"
    ):
        rows(path)


def test_a_mark_in_the_last_cell_is_no_mistake(tmp_path: Path) -> None:
    """A quotation mark within a cell stands for itself."""
    assert rows(csv(tmp_path, 'a,b\n1,5" gun'))[-1] == ["1", '5" gun']


# --- workbooks -----------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    import openpyxl

    made = openpyxl.Workbook()
    sheet = made.active
    for at, value in {
        "B2": "kind", "C2": "value", "B3": "whole", "C3": 3.0, "B4": "fraction", "C4": 0.1,
        "B5": "truth", "C5": True, "B6": "day", "C6": datetime.date(1990, 5, 17),
        "B7": "moment", "C7": datetime.datetime(1990, 5, 17, 8, 30), "B8": "hour", "C8": datetime.time(3, 4),
        "B9": "large", "C9": 123456789012, "B10": "text", "C10": " 007 ", "B11": "span",
        "C11": datetime.timedelta(hours=30), "B13": "letters", "C13": "Ärger",
    }.items():  # fmt: skip
        sheet[at] = value
    for at, text in {"C12": "#DIV/0!", "D4": "#N/A"}.items():
        sheet[at].value, sheet[at].data_type = text, "e"
    made.create_sheet("Members & more").append(["a", "b"])
    made.create_sheet("Empty")
    made.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


def test_cells_of_a_workbook_as_they_are_shown(book: Path) -> None:
    """Numbers, dates, truths and errors as text; rows counted as the workbook counts them."""
    found = {cells[0]: cells[1] for _, cells in open_table(book).rows() if any(cells)}
    assert found == {
        "kind": "value", "whole": "3", "fraction": "0.1", "truth": "TRUE", "day": "1990-05-17",
        "moment": "1990-05-17T08:30:00", "hour": "03:04:00", "large": "123456789012", "text": " 007 ",
        "span": "30:00:00", "letters": "Ärger", "": "#DIV/0!",
    }  # fmt: skip
    assert [number for number, cells in open_table(book).rows() if "day" in cells] == [6]
    assert rows(book)[3][2] == "#N/A"


def test_a_sheet_by_name_or_number(book: Path) -> None:
    """Another sheet than the first; one that is not there is said with those that are."""
    assert rows(book, sheet="Members & more") == rows(book, sheet="2") == [["a", "b"]]
    assert rows(book, sheet="Empty") == []
    with pytest.raises(
        TableError, match="has no sheet “4”; it has “Sheet”, “Members & more”, “Empty”"
    ):
        rows(book, sheet="4")


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    """Text with the name of a workbook."""
    with pytest.raises(TableError, match="is no workbook that can be read"):
        rows(csv(tmp_path, "a,b", "t.xlsx"))


# --- Stata and Parquet ---------------------------------------------------------------------------


def test_cells_of_a_stata_table(tmp_path: Path) -> None:
    """Dates no more precise than their format, single numbers by their digits, labels, none."""
    pd, np = pytest.importorskip("pandas"), pytest.importorskip("numpy")
    day = pd.to_datetime(["1990-05-17", None])
    frame = pd.DataFrame(
        {
            "day": day, "year": day, "month": day, "quarter": day, "half": day, "week": day,
            "single": np.array([0.1, np.nan], dtype="float32"), "whole": [1.0, np.nan],
            "large": [123456789.0, 0.25], "label": pd.Categorical(["low", "high"]), "text": ["é ", ""],
        }
    )  # fmt: skip
    formats = {
        "day": "td",
        "year": "ty",
        "month": "tm",
        "quarter": "tq",
        "half": "th",
        "week": "tw",
    }
    frame.to_stata(tmp_path / "t.dta", write_index=False, version=118, convert_dates=formats)
    head, one, other = rows(tmp_path / "t.dta")
    assert dict(zip(head, one, strict=True)) == {
        "day": "1990-05-17", "year": "1990", "month": "1990-05", "quarter": "1990-34", "half": "1990-40",
        "week": "1990w20", "single": "0.1", "whole": "1", "large": "123456789", "label": "low", "text": "é ",
    }  # fmt: skip
    assert other == ["", "", "", "", "", "", "", "", "0.25", "high", ""]


def test_cells_of_a_parquet_table(tmp_path: Path) -> None:
    """Each type as text, lists parted by semicolons, none as nothing."""
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    columns = {
        "i": pa.array([1, None], pa.int64()), "f": pa.array([0.1, 2.0], pa.float32()),
        "d": pa.array([0.1, float("nan")], pa.float64()), "b": pa.array([True, False]),
        "day": pa.array([datetime.date(1990, 5, 17), None]),
        "at": pa.array([datetime.datetime(1990, 5, 17), datetime.datetime(1990, 5, 17, 8)]),
        "m": pa.array([Decimal("1.50"), None]), "l": pa.array([["Kenya", "Chad"], []]),
        "s": pa.array(["a", "b"]).dictionary_encode(), "x": pa.array([b"\xff", b"ok"]),
        "st": pa.array([{"p": 1}, None]),
    }  # fmt: skip
    pq.write_table(pa.table(columns), tmp_path / "t.parquet")
    head, one, other = rows(tmp_path / "t.parquet")
    assert head == list(columns)
    assert one == [
        "1",
        "0.1",
        "0.1",
        "TRUE",
        "1990-05-17",
        "1990-05-17",
        "1.50",
        "Kenya; Chad",
        "a",
        "ff",
        '{"p": "1"}',
    ]
    assert other == ["", "2", "", "FALSE", "", "1990-05-17T08:00:00", "", "", "b", "ok", ""]


@pytest.mark.parametrize("ending", [".dta", ".parquet"])
def test_a_damaged_file_is_one_line(tmp_path: Path, ending: str) -> None:
    """Whatever its library says becomes one line with the file's name."""
    path = csv(tmp_path, "no such thing", f"t{ending}")
    with pytest.raises(TableError, match=r"t\.\w+, after row 0: cannot be read: .+\.") as error:
        rows(path)
    assert "\n" not in str(error.value)


# --- in general ----------------------------------------------------------------------------------


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    """An unknown ending, a file that is not there, options that the format has not."""
    with pytest.raises(TableError, match=r"its name must end in \.csv"):
        open_table(tmp_path / "t.doc")
    with pytest.raises(TableError, match="there is no such file"):
        open_table(tmp_path / "t.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(TableError, match="there is no such file"):
        open_table(tmp_path / "folder.csv")
    with pytest.raises(TableError, match="is no workbook and has no sheets"):
        open_table(csv(tmp_path, "a,b\n"), sheet="x")
    with pytest.raises(TableError, match="is no delimited text and has no delimiter"):
        open_table(csv(tmp_path, "", "t.dta"), delimiter=";")
    assert ".parquet" in ENDINGS


def test_names_of_columns() -> None:
    """Blanks are one; what has no name is called by the column before it."""
    assert column_names(["", " a\nb ", "", ""]) == ["?", "a b", "a b ?", "a b ? ?"]


def test_a_table_is_read_again_from_the_beginning(tmp_path: Path) -> None:
    """Each reading gives all rows."""
    table = open_table(csv(tmp_path, "a,b\n1,2\n"))
    assert list(table.rows()) == list(table.rows())


MEASURE = """
import resource, sys
from pathlib import Path
from diplograph.tables import open_table
table = open_table(Path(sys.argv[1]))
seen = 0
for number, cells in table.rows():
    if number == 2_000:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(number, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.thorough
@pytest.mark.parametrize("ending", [".csv", ".dta", ".parquet"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, ending: str) -> None:
    """300,000 rows and 40 MB are read in little more than what 2,000 rows take."""
    resource = pytest.importorskip("resource")
    assert resource
    pd = pytest.importorskip("pandas")
    count = 300_000
    frame = pd.DataFrame({
        "n": range(count),
        "text": [f"an agreement of some length, number {n}, between several states" for n in range(count)],
        "more": ["and more of the same that repeats itself in all rows" for _ in range(count)],
    })  # fmt: skip
    path = tmp_path / f"t{ending}"
    if ending == ".csv":
        frame.to_csv(path, index=False)
    elif ending == ".dta":
        frame.to_stata(path, write_index=False, version=118)
    else:
        frame.to_parquet(path, row_group_size=20_000)
    del frame
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    number, grown = map(int, done.stdout.split())
    assert number == count + 1
    assert grown < 25
