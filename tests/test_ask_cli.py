"""``diplograph ask``: what it prints, what it refuses, lines piped in, and the prompt."""

from __future__ import annotations

import json
import re
import shlex
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
from click.testing import CliRunner
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from diplograph import ask, open_graph
from diplograph.asking.guide import names, themes
from diplograph.asking.templates import all_templates, read_templates
from diplograph_cli import prompt
from diplograph_cli.app import cli
from diplograph_cli.asking import Asking
from diplograph_cli.layout import laid_out

MEMBERS = "Who are the members of the SCO?"
JOINED = "When did Uzbekistan join the Shanghai Five?"
REFUSED = "And when did they join?"
UNKNOWN = "When did Narnia join the SCO?"
NOTHING = "When did Japan join the SCO?"


def run(*args: str, **kwargs):
    """Run ``diplograph ask`` in this process."""
    return CliRunner().invoke(cli, ["ask", *args], **kwargs)


# --- one question --------------------------------------------------------------------------------


def test_the_sentence_then_the_facts_then_the_query() -> None:
    """An answer reads from the sentence over the facts with passages to the query."""
    result = run(JOINED)
    assert result.exit_code == 0
    assert result.stderr == ""
    sentence, rest = result.stdout.split("\n\n", 1) if "\n\n" in result.stdout else ("", "")
    facts, also, query = re.split(r"\n\n(?=Also in the passage|The query that was run)", rest)
    assert sentence.startswith("Since 5 July 2000. Uzbekistan joined the Shanghai Five")
    assert facts.startswith("since 5 July 2000\n    Uzbekistan joined the Shanghai Five")
    assert "yubin-2000, chronology, 5–6 July 2000 [24161–24217]" in facts
    assert facts.count("! disputed: ") == 2
    assert also.startswith("Also in the passage of the first\n")
    assert query.startswith("The query that was run\n    SELECT DISTINCT ?fact WHERE {\n")
    assert "\x1b[" not in result.stdout


def test_a_fact_with_several_answers_is_shown_once() -> None:
    """The members by one statement stand beside it; what else there is to know is a note."""
    result = run(MEMBERS)
    assert result.stdout.startswith("Members of Shanghai Cooperation Organization: China, ")
    assert "since June 2001 · China · Kazakhstan · Kyrgyzstan · Russia · Tajikistan\n" in (
        result.stdout
    )
    assert result.stdout.count("The five states of the Shanghai Five are members") == 1
    assert result.stderr.startswith("note: Shanghai Five")


def test_the_words_may_stand_alone() -> None:
    """Without quotation marks the words are joined, whatever options stand among them."""
    words = JOINED.rstrip("?").split()
    assert run(*words[:3], "--json", *words[3:]).exit_code == 0
    assert run(*JOINED.split()).stdout == run(JOINED).stdout


@pytest.mark.parametrize("question", [MEMBERS, JOINED, NOTHING])
def test_json_equals_the_librarys_record(question: str) -> None:
    """With --json the record of the library is printed and nothing else."""
    shown = json.loads(run(question, "--json").stdout)
    assert shown == json.loads(json.dumps(ask(question).to_dict()))


def test_many_facts_are_cut_short_but_not_in_json() -> None:
    """Twelve facts are shown; how many more there are is said."""
    result = run("Which agreements link China and Russia?")
    facts = result.stdout.partition("\n\n")[2].partition("\n\n… and ")[0]
    assert len(facts.split("\n\n")) == 12
    more = re.search(r"^… and (\d+) more: --json has all$", result.stdout, re.M)
    assert more is not None
    record = json.loads(run("Which agreements link China and Russia?", "--json").stdout)
    assert len(record["answers"]) == 12 + int(more[1])


def test_what_else_the_passage_says_stands_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts of the passage that are no answers come after the answers, under their own heading."""
    record = ask(JOINED)
    other = replace(record.answers[0], statement="Something besides.")
    monkeypatch.setattr("diplograph.answers.ask", lambda *_, **__: replace(record, also=(other,)))
    answers, heading, also = run(JOINED).stdout.partition("\nAlso in the passage of the first\n")
    assert heading
    assert "Something besides." in also
    assert "Something besides." not in answers


def test_passages_are_shown_with_sources(sources: Path) -> None:
    """With the reader's copies the passages themselves are shown."""
    assert "“" in run(JOINED, "--sources", str(sources)).stdout


def test_explain_shows_how_the_question_was_understood() -> None:
    """Template, slots, parts with their weights and the confidence are shown, before the query."""
    shown = run(MEMBERS, "--explain").stdout
    told = shown[shown.index("How the question was understood") : shown.index("The query that")]
    assert "template: members — Who are the members of an ORGANIZATION" in told
    assert "organization: Shanghai Cooperation Organization" in told
    assert "confidence: 1.00" in told
    assert re.search(r"^the SCO +entity +Shanghai Cooperation Organization \(Org.* \d\.\d\d$",
                     told, re.M)  # fmt: skip
    record = json.loads(run(MEMBERS, "--explain", "--json").stdout)
    assert record["explanation"]["focus"] == "who"


def test_explain_shows_the_other_readings() -> None:
    """What else the question could have been is listed with its confidence."""
    question = "How are Gazprom and Israel connected?"
    record = ask(question, explain=True)
    assert record.explanation is not None
    assert record.explanation.readings
    shown = run(question, "--explain").stdout
    for reading in record.explanation.readings:
        assert re.search(rf"^{reading['template']} .* {reading['confidence']:.2f}$", shown, re.M)


# --- no answer -----------------------------------------------------------------------------------


def test_what_is_not_understood_is_refused() -> None:
    """A refusal is one line that names the part, and exit code 2."""
    result = run(REFUSED)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("diplograph: not understood: “they” points to something")
    assert result.stderr.count("\n") == 1


def test_a_refusal_names_what_can_be_asked() -> None:
    """Questions of the kind that can be answered stand in the same line."""
    refused = ask("What is the colour of love?").refused
    assert refused is not None
    result = run("What is the colour of love?")
    assert result.exit_code == 2
    assert refused.part in result.stderr
    for question in refused.nearest:
        assert f"“{question}”" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_refusal_is_a_record_too() -> None:
    """With --json the record with the part is printed as well."""
    result = run(REFUSED, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["refused"]["part"] == "they"
    assert "not understood" in result.stderr


def test_an_unknown_name_comes_with_suggestions() -> None:
    """A name that nothing bears is one line with the nearest names, and exit code 2."""
    result = run(UNKNOWN)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("diplograph: no entity of the graph is called “Narnia”.")
    assert "Did you mean “Armenia”" in result.stderr
    absence = json.loads(run(UNKNOWN, "--json").stdout)["absence"]
    assert absence["reason"] == "unknown-name"
    assert "Armenia" in absence["suggestions"]


def test_no_answer_is_an_answer() -> None:
    """Nothing on record is exit code 0, with the query and the reason."""
    result = run(NOTHING)
    assert result.exit_code == 0
    assert "The query that was run" in result.stdout
    assert result.stdout.rstrip().endswith("no answer: no-record")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ([""], "the question has no words"),
        ([JOINED, "--as-of", "yesterday"], "“yesterday” is not a date"),
        (["--as-of", "yesterday"], "“yesterday” is not a date"),
        ([JOINED, "--include", "all"], "'all' is not one of"),
        ([JOINED, "--graph", "nothing.ttl"], "nothing.ttl: there is no such file"),
        ([JOINED, "--sources", "nowhere"], "nowhere: there is no such folder"),
        ([JOINED, "--templates", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["Who were members of the SCO in 2000-13?"], "“2000-13” is not a date"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_is_one_clear_line(
    call: list[str], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever is wrong with a call is one line on standard error and exit code 2."""
    monkeypatch.chdir(tmp_path)
    result = run(*call)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


# --- templates of one's own ----------------------------------------------------------------------

OWN = """
[[template]]
name = "toasts"
asks = "Who toasted X?"
examples = ["Who toasted Uzbekistan?"]
focus = ["who", "when"]
says = ["=toasted"]
where = "?fact a dg:Membership ; dg:agent $x"
slots.x = "Country"
"""


def test_templates_of_ones_own(tmp_path: Path) -> None:
    """A file of templates answers what the shipped ones do not."""
    path = tmp_path / "toasts.toml"
    path.write_text(OWN)
    result = run("When toasted Uzbekistan?", "--templates", str(path), "--explain")
    assert result.exit_code == 0, result.stderr
    assert "template: toasts — Who toasted X?" in result.stdout
    assert [t.theme for t in read_templates([path])] == ["toasts"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (OWN.replace("$x", "$y"), "own.toml, template “toasts”: $y in its pattern is none of"),
        (OWN.replace("focus", "focuss"), "own.toml, template “toasts”: “focuss” is no key"),
        (OWN + "[[", "own.toml: is not TOML: "),
        ("", "own.toml: has no [[template]]."),
    ],
    ids=["slot", "key", "no TOML", "empty"],
)
@pytest.mark.parametrize("question", [[JOINED], []], ids=["asked", "piped"])
def test_a_broken_file_of_templates_is_named(
    told: str, message: str, question: list[str], tmp_path: Path
) -> None:
    """The file and the template are named in one line; piped questions are not even read."""
    path = tmp_path / "own.toml"
    path.write_text(told)
    result = run("--templates", str(path), *question, input=JOINED)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


# --- lines from standard input -------------------------------------------------------------------


def test_each_line_is_a_question() -> None:
    """Every line is answered; one that is refused is named by its number and ends nothing."""
    result = run(input=f"{JOINED}\n\n{REFUSED}\n{UNKNOWN}\n{MEMBERS}")
    assert result.exit_code == 2
    asked = [line for line in result.stdout.splitlines() if line.startswith("? ")]
    assert asked == [f"? {q}" for q in (JOINED, REFUSED, UNKNOWN, MEMBERS)]
    assert "Members of Shanghai Cooperation Organization: " in result.stdout
    failed = [line for line in result.stderr.splitlines() if line.startswith("diplograph: ")]
    assert failed[0].startswith("diplograph: line 3: not understood: “they”")
    assert failed[1].startswith("diplograph: line 4: no entity of the graph is called “Narnia”")
    assert len(failed) == 2
    assert run(input=f"{JOINED}\n{NOTHING}\n").exit_code == 0
    assert run(input="").exit_code == 0


def test_each_line_is_an_object_with_json() -> None:
    """With --json there is one object a line, refusals among them."""
    result = run("--json", input=f"{JOINED}\n{REFUSED}\n")
    assert result.exit_code == 2
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["question"] for record in records] == [JOINED, REFUSED]
    assert records[0] == json.loads(json.dumps(ask(JOINED).to_dict()))


def test_bytes_that_are_no_text_are_not_understood() -> None:
    """What is not UTF-8 is refused like any other word that means nothing."""
    result = run(input=b"\xff\xfe?\n" + JOINED.encode())
    assert result.exit_code == 2
    assert "Since 5 July 2000" in result.stdout
    assert "Traceback" not in result.stderr


def test_closed_standard_input_is_one_clear_line() -> None:
    """Without a question and without any input there is nothing to answer."""
    command = f"{shlex.quote(sys.executable)} -m diplograph_cli ask <&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("diplograph: which question?")
    assert done.stderr.count("\n") == 1


# --- control characters --------------------------------------------------------------------------

EVIL = """
ex:source a dg:Source ; dct:identifier "evil" ; dct:title "Evil"@en ; dct:issued "2010"^^xsd:gYear ;
    dg:fileName "evil.txt" ; dg:coverage ex:coverage .
ex:coverage a dg:Coverage ; rdfs:label "All"@en ; dg:when "1980/2010" ; dg:covers ex:a .
ex:a a dg:Country ; skos:prefLabel "Evil\\u001B]0;owned\\u0007 \\u009B31m\\u202Eland"@en ;
    skos:altLabel "Evilia" , "Evilia\\u001B[2J" .
ex:l a dg:Organization ; dg:kind okind:international ; skos:prefLabel "League\\u001B[31m"@en ;
    skos:altLabel "League" .
ex:f a dg:Membership ; dg:agent ex:a ; dg:within ex:l ; dg:role role:member ; dg:when "1995" ;
    dg:grade grade:stated ; dg:statement "Evil\\u001B[31m\\u202E is in the League."@en ; dg:at "0-10" .
"""
STEERING = ("\x1b", "\x07", "\x9b", "\u202e")


def test_no_name_steers_the_terminal(write_graph) -> None:
    """Control characters of names, statements and questions reach no output, JSON included."""
    path = str(write_graph(EVIL))
    for call in (
        ["When did Evilia join the League?"],
        ["When did Evilia join the League?", "--explain"],
        ["When did Evilia join the League?", "--json", "--explain"],
        ["When did \x1b[31mNarn\u202eia join the League?", "--json"],
        ["When did \x9bNarnia join the League?"],
    ):
        result = run(*call, "--graph", path)
        assert not any(letter in result.output for letter in STEERING), call
        assert result.exit_code in (0, 2), result.exception
    piped = run("--graph", path, input="Who is \x1b[31m\u202eEvilia?\n")
    assert not any(letter in piped.output for letter in STEERING)
    asked = run("When did Evilia join the League?", "--graph", path, "--json")
    assert asked.exit_code == 0, asked.stderr
    assert "\u202e" in json.loads(asked.stdout)["answers"][0]["statement"]


def test_no_name_steers_the_completion(write_graph) -> None:
    """What completion offers and puts in has no control characters."""
    offered = _offered("Evil", graph=open_graph(str(write_graph(EVIL))))
    assert "Evilia" in offered
    assert len(offered) == 3
    assert all(text.isprintable() for text in offered)


# --- the prompt ----------------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Type into the prompt, leave, and return what it printed on either stream."""
    monkeypatch.setattr(prompt.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")

    def typing(keys: str, **options) -> tuple[str, str]:
        asking = Asking(open_graph(), **options)
        with create_pipe_input() as keyboard:
            keyboard.send_text(keys)
            prompt.converse(asking, keyboard=keyboard, screen=DummyOutput())
        return capsys.readouterr()

    return typing


def test_the_prompt_answers_until_it_is_left(typed) -> None:
    """Questions are answered in turn; wrong ones are one line; quit leaves."""
    out, err = typed(
        f"{JOINED}\r{REFUSED}\r{UNKNOWN}\rWho met whom in 2000-13?\r\r{MEMBERS}\rquit\r"
    )
    assert "Since 5 July 2000" in out
    assert "Members of Shanghai Cooperation Organization: " in out
    lines = [line for line in err.splitlines() if not line.startswith("note: ")]
    assert len(lines) == 3
    assert all(line.startswith("diplograph: ") for line in lines)


def test_the_end_of_input_leaves(typed) -> None:
    """Ctrl-D leaves; Ctrl-C gives up what is being typed and no more."""
    out, err = typed(f"When did\x03{JOINED}\r\x04")
    assert "Since 5 July 2000" in out
    assert err == ""


def test_a_pasted_block_is_a_question_a_line(typed) -> None:
    """Several lines pasted at once are asked one after the other."""
    out, _ = typed(f"\x1b[200~{JOINED}\n{MEMBERS}\x1b[201~\r\x04")
    assert "Since 5 July 2000" in out
    assert "Members of Shanghai Cooperation Organization: " in out


def test_the_history_lasts(typed, tmp_path: Path) -> None:
    """A question is kept for the next session, for nobody else to read."""
    typed(f"{JOINED}\r\x04")
    assert JOINED in (tmp_path / "data" / "questions").read_text()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    out, _ = typed("\x1b[A\r\x04")  # the arrow up
    assert "Since 5 July 2000" in out


@pytest.mark.parametrize("hindrance", ["file", "folder"])
def test_no_history_is_no_harm(typed, tmp_path: Path, hindrance: str) -> None:
    """Where the history cannot be kept, questions are answered all the same."""
    if hindrance == "file":
        (tmp_path / "data").write_text("")
    else:
        (tmp_path / "data" / "questions").mkdir(parents=True)
    out, err = typed(f"{JOINED}\r\x04")
    assert "Since 5 July 2000" in out
    assert err == ""


def test_help_says_what_can_be_asked(typed) -> None:
    """Help shows each theme with some of its questions, or all of one theme."""
    known = themes(all_templates())
    out, _ = typed("help\r\x04")
    assert len(out.splitlines()) <= 40
    for theme in known:
        assert f"{theme.name} ({len(theme.asks)} kinds of question)" in out
        assert theme.asks[0] in " ".join(out.split())
    out, err = typed("help parties\rhelp nonsense\r\x04")
    [parties] = [theme for theme in known if theme.name == "parties"]
    for asks in parties.asks:
        assert asks in out
    assert parties.examples[0] in out
    assert err.startswith("diplograph: there is no theme “nonsense”; there are agreements, ")


def test_explain_in_the_prompt(typed) -> None:
    """“explain QUESTION” shows how it is understood, for that question only."""
    out, _ = typed(f"explain {JOINED}\r{JOINED}\r\x04")
    assert out.count("How the question was understood") == 1
    assert "template: when-joined" in out


def test_a_defect_does_not_end_the_prompt(typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an answer fails of is one line, and the next question is asked for."""
    put = Asking.put

    def failing(self, question, **kwargs):
        if question == "Why?":
            raise ValueError("of\x1b[31m all things")
        return put(self, question, **kwargs)

    monkeypatch.setattr(Asking, "put", failing)
    out, err = typed(f"Why?\r{JOINED}\r\x04")
    assert err == "diplograph: a defect of diplograph: ValueError: of [31m all things\n"
    assert "Since 5 July 2000" in out


def _offered(text: str, graph=None, wanted: bool = False) -> list[str]:
    asking = Asking(graph or open_graph())
    completer = prompt.Completions(asking, themes(all_templates()))
    event = CompleteEvent(completion_requested=wanted, text_inserted=not wanted)
    document = Document(text)
    return [
        text[: len(text) + found.start_position] + found.text
        for found in completer.get_completions(document, event)
    ]


def test_names_are_completed() -> None:
    """The last words are completed to labels and aliases, whatever their case and article."""
    assert "When did China sign the Shanghai Forum" in _offered(
        "When did China sign the Shanghai Fo"
    )
    assert "Who leads Kazakhstan" in _offered("Who leads kazakh")
    assert _offered("Who met Jia", wanted=True)[0].startswith("Who met Jia")
    assert _offered("Who is in") == []  # an everyday word while typing
    assert "Who is India" in _offered("Who is in", wanted=True)


def test_questions_and_commands_are_completed() -> None:
    """What begins like an example is completed to it; so are commands and themes."""
    assert JOINED in _offered("when did uzb")
    assert f"explain {JOINED}" in _offered("explain When did Uzb")
    assert _offered("hel")[:1] == ["help"]
    assert _offered("help par") == ["help parties"]
    assert _offered("") == []


def test_completion_in_the_prompt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tab puts the completion in."""
    monkeypatch.setattr(prompt.platformdirs, "user_data_path", lambda *_, **__: tmp_path)
    with create_pipe_input() as keyboard:

        class Session(prompt.PromptSession):
            """Presses Tab once the name is offered, and Enter once it is put in."""

            def __init__(self, *args, **kwargs) -> None:
                super().__init__(*args, **kwargs)
                self.default_buffer.on_completions_changed += self.offered
                self.default_buffer.on_text_changed += self.changed

            def offered(self, buffer) -> None:
                if buffer.complete_state and buffer.text.endswith("Shanghai Fiv"):
                    keyboard.send_text("\t")

            def changed(self, buffer) -> None:
                if buffer.text.endswith("Shanghai Five"):
                    keyboard.send_text("\r\x04")

        monkeypatch.setattr(prompt, "PromptSession", Session)
        keyboard.send_text("Who are the members of the Shanghai Fiv")
        giving_up = Timer(30, keyboard.send_text, ["\x03\x04"])
        giving_up.start()
        prompt.converse(Asking(open_graph()), keyboard=keyboard, screen=DummyOutput())
        giving_up.cancel()
    assert capsys.readouterr().out.count("Members of Shanghai Five: ") == 1


def test_names_and_themes_of_the_library() -> None:
    """Names are those of all entities, in order; themes hold every template's question."""
    known = names(open_graph())
    assert {"Shanghai Five", "Shanghai Forum", "SCO", "China"} <= set(known)
    assert list(known) == sorted(set(known))
    told = {asks for theme in themes(all_templates()) for asks in theme.asks}
    assert told == {template.asks for template in all_templates()}


# --- the layout of queries -----------------------------------------------------------------------


@pytest.mark.parametrize("width", [1, 40, 96])
def test_a_query_laid_out_is_the_same_query(width: int) -> None:
    """Nothing but blanks between tokens is changed; literals and IRIs stay whole."""
    query = (
        'SELECT ?x WHERE { ?x a dg:Fact ; dg:note "a  { b . } \\" c" . { ?x dg:p <https://e.org/#.> } '
        "UNION { ?x dg:q 1.5 } FILTER(?a < ?b && ?c > 'it  is') } ORDER BY ?x LIMIT 5"
    )
    lines = laid_out(query, width)
    assert '"a  { b . } \\" c"' in "\n".join(lines)
    assert "'it  is'" in "\n".join(lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", query)
    assert laid_out("", width) == []
    assert laid_out("}} .. { \" '", width)


def test_the_queries_that_are_shown_run() -> None:
    """What is printed as the query can be run as it stands."""
    for question in (MEMBERS, JOINED, "Which agreements link China and Russia?"):
        shown = run(question).stdout.partition("The query that was run\n")[2]
        rows = open_graph().select(shown)
        assert rows == open_graph().select(ask(question).sparql or "")
        assert rows
