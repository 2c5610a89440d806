"""Questions in English: every template, every way of putting it, every refusal."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.focus import focus_of
from diplograph.asking.hearing import hear
from diplograph.asking.templates import CALLS, FOCUSES, read_templates, shipped_templates
from diplograph.model import AbsenceReason
from diplograph.resources import template_files
from diplograph.store import Graph

TEMPLATES = shipped_templates()
# Leaders are in no document: their examples are asked of the dataset, in test_world_leaders.py.
LEADERS = {t.name for t in read_templates([p for p in template_files() if "leaders" in p.stem])}
EXAMPLES = [(t.name, e) for t in TEMPLATES if t.name not in LEADERS for e in t.examples]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return diplograph.open_graph()


@pytest.mark.parametrize(("name", "question"), EXAMPLES, ids=[q for _, q in EXAMPLES])
def test_every_example_is_answered_by_its_template(graph: Graph, name: str, question: str) -> None:
    """Each template answers its own examples, with facts that have passages or an absence."""
    found = diplograph.ask(question, graph=graph)
    assert found.understood is not None, found.text
    assert found.understood.template == name, found.text
    assert found.answers or found.absence
    assert found.text.strip().endswith((".", "”", "]", ")"))
    assert found.sparql


def test_there_are_enough_templates_and_each_is_told_apart() -> None:
    """At least fifty shapes; names and descriptions are their own; every call is used."""
    assert len(TEMPLATES) >= 50
    assert len({t.name for t in TEMPLATES}) == len({t.asks for t in TEMPLATES}) == len(TEMPLATES)
    assert {t.call for t in TEMPLATES if t.call} == set(CALLS)
    assert {f for t in TEMPLATES for f in t.focus} == set(FOCUSES)


@pytest.mark.parametrize(
    ("question", "template", "said"),
    [
        (
            "What came out of the Bangkok meeting of the foreign ministers?",
            "outcome-of-described",
            ["Bangkok"],
        ),
        (
            "Which missiles did China order for its ships after 2000?",
            "orders-for-ships",
            ["3M-54E1 Klub", "Moskit"],
        ),
        (
            "Did Russia and Uzbekistan share an organization before 2001?",
            "shared-organizations",
            ["Yes.", "Shanghai F"],
        ),
        (
            "What do the sources disagree on about the 2006 trade figures?",
            "disagreements",
            ["15.85", "14.37"],
        ),
    ],
)
def test_the_questions_that_everybody_asks_first(
    graph: Graph, question: str, template: str, said: list[str]
) -> None:
    """The questions by which the product is shown."""
    found = diplograph.ask(question, graph=graph)
    assert found.understood is not None
    assert found.understood.template == template
    assert all(text in found.text for text in said), found.text


SAME = [
    [
        "Which agreements link China and Russia?",
        "What accords are there between Russia and China?",
        "Which pacts has China concluded with Russia?",
        "list the deals of russia and china",
        "Which agreements were signed by Moscow and the PRC?",
    ],
    [
        "Who are the members of the SCO?",
        "Which states belong to the Shanghai Cooperation Organisation?",
        "SCO's members",
        "List the SCO member countries",
        "Which countries are members of the Shangai Cooperation Organization?",
    ],
    [
        "Which submarines did China order from Russia?",
        "What subs were ordered by China from Russia?",
        "What Russian submarines has China bought?",
    ],
    [
        "When did Uzbekistan join the Shanghai Five?",
        "When was Uzbekistan admitted to the Shanghai Five?",
        "In what year did Uzbekistan become a member of the Shanghai Five?",
        "when did uzbekhistan join the shanghai five",
    ],
]


@pytest.mark.parametrize("questions", SAME, ids=[q[0] for q in SAME])
def test_the_same_question_in_other_words_has_the_same_answer(
    graph: Graph, questions: list[str]
) -> None:
    """Order of words, plural, tense, passive, synonyms, possessives, misspellings, no marks."""
    answers = [
        sorted(a.entity.id if a.entity else a.label for a in diplograph.ask(q, graph=graph).answers)
        for q in questions
    ]
    assert answers[0]
    for question, answer in zip(questions, answers, strict=True):
        assert answer == answers[0], question


@pytest.mark.parametrize(
    ("question", "part"),
    [
        (
            "When was the contract signed, and when were they delivered?",
            "when were they delivered?",
        ),
        (
            "Which missile did Iran order and when were they delivered?",
            "when were they delivered?",
        ),
        ("Who is Putin? Where did he go in July 2000?", "Where did he go in July 2000?"),
        ("Did they sign it?", "they"),
        ("And what was agreed at that one?", "that one"),
        ("What about the year after?", "year after"),
        ("Where did he travel in 2000?", "he"),
        ("What did it produce?", "it"),
        ("", ""),
        ("???", "???"),
    ],
)
def test_what_cannot_be_one_question_is_refused_by_its_part(
    graph: Graph, question: str, part: str
) -> None:
    """Two questions in one and words that point nowhere are refused, and named."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is not None, found.text
    assert found.refused.part == part
    assert found.understood is None
    assert not found.answers


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Which agreements link China and Russia on beekeeping?", "beekeeping"),
        ("How many beekeepers took part in Peace Mission 2005?", "beekeepers"),
        ("What does Mitchell think of the price of caviar?", "caviar"),
        ("Which poems did Putin write in 2000?", "poems"),
    ],
)
def test_a_part_that_nothing_speaks_of_is_named(graph: Graph, question: str, part: str) -> None:
    """A question is not answered as if a part of it were not there."""
    found = diplograph.ask(question, graph=graph)
    assert not found.answers, found.text
    if found.refused is not None:
        assert part in found.refused.detail
        assert found.refused.nearest
    else:
        assert found.absence is not None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("When did Narnia join the SCO?", "Narnia"),
        ("What part did Yevgeny Primakov play in the 1990s?", "Yevgeny Primakov"),
        ("How many T-90 tanks did China order from Russia?", "T-90"),
        ("Which agreements link Wakanda and China?", "Wakanda"),
    ],
)
def test_an_unknown_name_ends_the_question(graph: Graph, question: str, name: str) -> None:
    """What nobody in the graph is called is told so, not passed over."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None, found.text
    assert found.absence.reason is AbsenceReason.UNKNOWN_NAME
    assert name in found.absence.detail


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("Who are the members of the Shangai Five?", "“Shangai"),
        ("How many Sovremeny destroyers did China order?", "“Sovremeny"),
        ("Describe Nazdratenco", "“Nazdratenco”"),
    ],
)
def test_a_misspelt_name_is_read_and_said(graph: Graph, question: str, note: str) -> None:
    """A slip of a name leads to the name, and a note says so."""
    found = diplograph.ask(question, graph=graph)
    assert found.answers, found.text
    assert any(n.startswith(note) for n in found.notes), found.notes


def test_names_inside_names_are_the_longer_ones(graph: Graph) -> None:
    """The 1972 ABM Treaty holds a year and a treaty, and is one name."""
    heard = hear(graph, "Who backed the 1972 ABM Treaty at the Okinawa summit in July 2000?")
    named = {m.text: m.kind for m in heard.mentions}
    assert named["the 1972 ABM Treaty"] == "entity"
    assert named["the Okinawa summit"] == "entity"
    assert named["in July 2000"] == "date"
    assert "1972" not in named


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("Who met Putin?", "who"),
        ("With which leader did Putin talk?", "who"),
        ("Which treaties are there?", "which"),
        ("What happened?", "what"),
        ("In what year was it signed?", "when"),
        ("In which city did they meet?", "where"),
        ("How many were ordered?", "how-many"),
        ("What share came from Russia?", "how-many"),
        ("Had the treaty been signed?", "yes-no"),
        ("According to Ivanov, are they bound?", "yes-no"),
        ("Was it signed or initialled?", "which"),
        ("members of the SCO", "list"),
        ("Name the leaders", "who"),
    ],
)
def test_what_a_question_wants_to_know(graph: Graph, question: str, focus: str) -> None:
    """The question word, wherever it stands, says what is asked for."""
    assert focus_of(hear(graph, question)) == focus


def test_a_question_about_a_time_is_answered_for_that_time(graph: Graph) -> None:
    """Members, stages and offices are those of the date, and what is not certain says so."""
    before = diplograph.ask("Who were the members of the Shanghai Five in 1997?", graph=graph)
    after = diplograph.ask("Who were the members of the Shanghai Five in August 2000?", graph=graph)
    assert "Uzbekistan" not in before.text
    assert "Uzbekistan" in after.text
    status = "What was the status of the friendship treaty as of {}?"
    assert "under negotiation" in diplograph.ask(status.format("September 2000"), graph=graph).text
    assert "signed" in diplograph.ask(status.format("2002"), graph=graph).text
    which = "Which surface-to-air missiles did China order in {}?"
    assert "48N6E2" in diplograph.ask(which.format("2004"), graph=graph).text
    assert "48N6E2" not in diplograph.ask(which.format("2001"), graph=graph).text


def test_as_of_narrows_every_question(graph: Graph) -> None:
    """The date of the option holds where the question names none."""
    question = "What is the status of the friendship treaty?"
    found = diplograph.ask(question, graph=graph, as_of="September 2000")
    assert "under negotiation" in found.text
    assert "By mitchell-2007: signed" not in found.text


def test_what_was_not_concluded_is_never_counted_as_an_agreement(graph: Graph) -> None:
    """Initialled and proposed agreements are told apart, with their stage and grade."""
    found = diplograph.ask("Which agreements link Russia and South Korea?", graph=graph)
    assert "No concluded agreement" in found.text
    assert "initialled" in found.text
    widened = diplograph.ask(
        "Which agreements link Russia and South Korea?", graph=graph, include="pending"
    )
    assert "1 concluded" not in widened.text or "initialled" in {a.stage for a in widened.answers}


@pytest.mark.parametrize(
    ("question", "said", "stages"),
    [
        ("When was the friendship treaty signed?", "July 2001.", {"signed"}),
        ("When was the friendship treaty proposed?", "18–19 July 2000.", {"proposed"}),
        (
            "When was the friendship treaty concluded?",
            "July 2001.",
            {"signed", "agreed"},
        ),
        (
            "When was the friendship treaty ratified?",
            "No source gives the date of the stage “ratified” of “Treaty of Good",
            {"planned", "proposed", "under negotiation", "signed", "agreed"},
        ),
        (
            "When was the Kovykta agreement signed?",
            "No source gives the date of the stage “signed”",
            {"initialled"},
        ),
    ],
)
def test_the_date_of_one_stage_is_not_that_of_another(
    graph: Graph, question: str, said: str, stages: set[str]
) -> None:
    """When it was signed is not when it was proposed; without such a date that is what is said."""
    found = diplograph.ask(question, graph=graph)
    assert found.text.startswith(said)
    assert {answer.stage for answer in found.answers} == stages


def test_where_there_is_none_of_the_kind_those_of_other_kinds_are_only_mentioned(
    graph: Graph,
) -> None:
    """No treaty is the answer; what is no treaty, and what was not concluded, is not counted."""
    found = diplograph.ask("Which treaties did China and Russia sign before 1999?", graph=graph)
    assert found.answers == ()
    assert found.absence is not None
    assert found.absence.reason == "no-record"
    note = next(note for note in found.notes if note.startswith("none is a treaty"))
    assert "Su-27 licence agreement of 1996" in note
    assert "Daqing" not in note, "that one was not concluded"


def test_two_parties_are_not_answered_for_one(graph: Graph) -> None:
    """“China and Russia” is never read as what China alone is party to."""
    question = "Which treaties did China and Russia sign before 1999?"
    found = diplograph.ask(question, graph=graph, explain=True)
    assert found.explanation is not None
    read = {reading["template"] for reading in found.explanation.readings}
    assert "agreements-of-kind" in read
    assert "agreements-of-party" not in read


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("Was the friendship treaty signed before 2002?", "Yes. ", "ossibly"),
        ("Was the friendship treaty signed before August 2000?", "No, ", "ossibly"),
        ("Who were the members of the Shanghai Five before 1999?", "China, Kaz", "possibly"),
        ("Which countries belonged to the SCO before 2002?", "Uzbekistan", "possibly"),
    ],
)
def test_before_a_date_means_as_things_stood_when_it_came(
    graph: Graph, question: str, said: str, not_said: str
) -> None:
    """What was so by the last day before it was so for certain."""
    found = diplograph.ask(question, graph=graph)
    assert said in found.text
    assert not_said not in found.text


def test_agreements_before_a_date_are_certain_where_their_dates_are(graph: Graph) -> None:
    """An agreement of 1996 was there before 1999 for certain; one of some day up to 2007 perhaps."""
    found = diplograph.ask("Which agreements did China and Russia sign before 1999?", graph=graph)
    holds = {answer.label: answer.holds for answer in found.answers}
    assert holds["Su-27 licence agreement of 1996"] == "definitely"
    assert holds["Sinopec–Transneft pipeline deal"] == "possibly"
    assert "Beijing Declaration" not in holds


@pytest.mark.parametrize(
    ("question", "when"),
    [
        ("When was the SCO founded?", "2001-06"),
        ("When was the Shanghai Five established?", "1996/2001-06"),
        ("When was China founded?", "1949"),
    ],
)
def test_when_an_organization_was_founded(graph: Graph, question: str, when: str) -> None:
    """By its succession, its founding, or the first membership in it."""
    found = diplograph.ask(question, graph=graph)
    assert found.answers[0].when is not None
    assert {a.when.edtf for a in found.answers if a.when} <= {when, f"{when}/.."}


def test_figures_of_one_year_are_no_change(graph: Graph) -> None:
    """Two bodies' figures of one year are not the growth of that year, which has its own figure."""
    found = diplograph.ask("How much did trade between China and Russia grow in 2006?", graph=graph)
    assert "almost 15 percent" in found.text
    found = diplograph.ask("How did trade between China and Russia change in 2006?", graph=graph)
    assert "a change of" not in found.text
    assert "30.59" in found.text
    asked = diplograph.ask("Did China's oil imports from Russia grow in 2006?", graph=graph)
    assert asked.text.startswith("According to the sources: ")
    grown = diplograph.ask(
        "Did Russia's share of China's oil imports increase from 2005 to 2006?", graph=graph
    )
    assert "a change of" in grown.text


def test_a_designation_that_is_nearly_right_is_read_and_said(graph: Graph) -> None:
    """The Su-30MKK of other books is not taken for fighters in general."""
    found = diplograph.ask("How many Su-30MKK fighters did China order?", graph=graph)
    assert "“Su-30MKK” was read as “Su-30MK”." in found.notes
    assert all("Su-30MK" in answer.statement for answer in found.answers)
    assert found.text.startswith("100 ")


def test_a_predecessor_is_mentioned_and_not_counted(graph: Graph) -> None:
    """The Shanghai Five is not the SCO; a note says that it has an answer as well."""
    found = diplograph.ask("Who are the members of the SCO?", graph=graph)
    assert any("Shanghai Five" in note for note in found.notes)
    assert all(a.entity is None or a.entity.type == "Country" for a in found.answers)
    links = diplograph.ask("Which agreements link China and Russia?", graph=graph)
    assert any("Soviet Union" in note for note in links.notes)
    assert not any("1950" in a.label for a in links.answers)


def test_rumours_carry_their_tellers(graph: Graph) -> None:
    """Who tells a rumour is the answer, and it is marked as one."""
    found = diplograph.ask("Who spread the rumour of the fleet order?", graph=graph)
    assert {a.grade for a in found.answers} == {"rumoured"}
    assert any("Lianhe Zaobao" in a.label for a in found.answers)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Is Uzbekistan a member of the SCO?", "Yes."),
        ("Is Iran a member of the SCO?", "No."),
        ("Does China belong to the CSTO?", "No."),
        ("Is India an observer at the SCO?", "Yes."),
        ("Did Putin and Jiang Zemin meet in July 2000?", "Yes."),
        (
            "Was China's trade with the European Union bigger than its trade with the United States?",
            "No.",
        ),
        ("Are Igor Ivanov and Sergei Ivanov the same person?", "No"),
    ],
)
def test_yes_and_no(graph: Graph, question: str, lead: str) -> None:
    """A question for a yes or a no gets one, and the fact that says it."""
    found = diplograph.ask(question, graph=graph)
    assert found.text.startswith(lead), found.text
    assert found.answers


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("When did Turkmenistan become a member of the SCO?", AbsenceReason.NO_RECORD),
        (
            "What volume of crude oil did Russia export to China in 2012?",
            AbsenceReason.OUTSIDE_COVERAGE,
        ),
        ("What treaty did Russia and Japan sign?", AbsenceReason.DENIED),
        ("How many tons of oil did Angola sell to China in 2005?", AbsenceReason.OUTSIDE_COVERAGE),
        ("What price did Beijing pay for the Su-30s it ordered in 2003?", AbsenceReason.NO_RECORD),
    ],
)
def test_where_nothing_is_found_the_reason_is_given(
    graph: Graph, question: str, reason: AbsenceReason
) -> None:
    """A gap, a denial and what lies outside are three things."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None, found.text
    assert found.absence.reason is reason


def test_totals_keep_estimates_apart(graph: Graph) -> None:
    """A sum names what is exact, what is estimated, and what has no number."""
    found = diplograph.ask("How many Su-27SK did China order?", graph=graph)
    assert "52 by figures given as exact" in found.text
    assert "95 by estimates" in found.text
    missiles = diplograph.ask("How many missiles did China order?", graph=graph)
    assert "no one number known" in missiles.text


def test_the_record_is_the_contract(graph: Graph) -> None:
    """The keys of the record, and of an answer, are those that every surface prints."""
    record = diplograph.ask("Who are the members of the SCO?", graph=graph).to_dict()
    assert list(record)[:6] == [
        "question", "understood", "text", "answers", "sparql", "absence",
    ]  # fmt: skip
    assert set(record["understood"]) == {"template", "slots"}
    assert {"label", "value", "unit", "grade", "when", "evidence"} <= set(record["answers"][0])
    assert record["answers"][0]["evidence"][0]["source"]


def test_the_query_that_is_shown_can_be_run(graph: Graph) -> None:
    """What an answer rests on can be asked again as SPARQL."""
    found = diplograph.ask("Which observers does the SCO have?", graph=graph)
    assert found.sparql is not None
    rows = graph.select(found.sparql)
    assert {row["answer"] for row in rows} == {a.entity.id for a in found.answers if a.entity}


def test_explain_shows_parts_alternatives_and_other_readings(graph: Graph) -> None:
    """What each part was taken for, what it could have been, and what else was tried."""
    found = diplograph.ask("Whom did Ivanov meet in July 2000?", graph=graph, explain=True)
    assert found.explanation is not None
    ivanov = next(p for p in found.explanation.parts if p.text == "Ivanov")
    assert {"Igor Ivanov (Person)", "Sergei Ivanov (Person)"} <= {*ivanov.taken_for, *ivanov.others}
    assert found.explanation.focus == "who"
    assert diplograph.ask("Who is Putin?", graph=graph).explanation is None


# --- templates as data ---------------------------------------------------------------------------


def test_a_question_of_many_pages_is_refused(graph: Graph) -> None:
    """Nobody asks in twenty thousand words."""
    found = diplograph.ask("which agreements " * 2_000, graph=graph)
    assert found.refused is not None
    assert "too long" in found.refused.detail


def test_a_question_fetches_nothing_twice(shipped, monkeypatch) -> None:
    """What several readings of a question look up is looked up once."""
    from diplograph.store import LocalGraph

    put: list[str] = []
    real = LocalGraph.query

    def query(self: LocalGraph, text: str) -> object:
        put.append(text)
        return real(self, text)

    monkeypatch.setattr(LocalGraph, "query", query)
    diplograph.ask("Which trade agreements link China and Russia?", graph=shipped)
    assert len(put) == len(set(put)) > 5
    diplograph.ask("Which trade agreements link China and Russia?", graph=shipped)
    assert len(put) > len(set(put))  # and again for the next question
