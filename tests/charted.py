"""What tests of pictures share: a made-up graph to draw, and the texts of a picture."""

from __future__ import annotations

import pytest

from diplograph import charts, open_graph

ARMS = (
    r"""
@prefix wkind: <https://w3id.org/diplograph/concept/weapon-kind/> .
@prefix qb: <http://purl.org/linked-data/cube#> .
ex:one a dg:Source ; dct:identifier "one" ; dct:title "First $\\frac{1}{2}$ <b>source</b>"@en ; dct:issued "2010"^^xsd:gYear ; dg:fileName "one.txt" .
ex:alba a dg:Country ; skos:prefLabel "Alba $\\frac{a}{b}$ <b>& co</b>"@en ; skos:altLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea $x"@en ; skos:altLabel "Borea"@en .
ex:body a dg:Organization ; skos:prefLabel "Counters"@en .
ex:jet a dg:WeaponSystem ; dg:kind wkind:fighter ; skos:prefLabel "Jet"@en .
ex:sub a dg:WeaponSystem ; dg:kind wkind:submarine ; skos:prefLabel "Sub"@en .
"""
    + "".join(
        f"""
ex:t{n} a dg:ArmsTransfer ; skos:prefLabel "Deal {n}"@en .
ex:t{n}-f a dg:TransferFact ; dg:of ex:t{n} ; dg:supplier ex:alba ; dg:recipient ex:borea ; dg:weapon ex:{weapon} ;
    dg:grade grade:stated ; dg:statement "Deal {n}."@en ; dg:at "0-9" .
ex:t{n}-o a dg:StageFact ; dg:of ex:t{n} ; dg:stage stage:{stage} ; {when} dg:grade grade:{grade} ;
    dg:statement "Deal {n} ordered."@en ; dg:at "0-9" .
{number and f'ex:t{n}-n a dg:Observation ; dg:of ex:t{n} ; dg:measure measure:number-ordered ; dg:unit unit:item ; dg:when "2000" ; {number} ; dg:statement "Number {n}."@en ; dg:at "0-9" .'}
"""
        for n, weapon, stage, when, grade, number in (
            (
                1,
                "jet",
                "ordered",
                'dg:when "2000" ;',
                "stated",
                "dg:value 12 ; dg:grade grade:stated",
            ),
            (
                2,
                "jet",
                "ordered",
                'dg:when "2000~" ;',
                "estimated",
                "dg:value 5 ; dg:grade grade:stated",
            ),
            (
                3,
                "jet",
                "ordered",
                'dg:when "2001-05" ;',
                "stated",
                "dg:minimum 3 ; dg:maximum 7 ; dg:grade grade:stated",
            ),
            (
                4,
                "jet",
                "ordered",
                'dg:when "2001" ;',
                "stated",
                "dg:unknown true ; dg:grade grade:stated",
            ),
            (
                5,
                "sub",
                "ordered",
                'dg:when "2002" ;',
                "stated",
                "dg:value 2 ; dg:grade grade:estimated",
            ),
            (6, "sub", "ordered", "", "stated", "dg:value 9 ; dg:grade grade:stated"),
            (7, "sub", "considered", 'dg:when "2003" ;', "stated", ""),
            (
                8,
                "jet",
                "ordered",
                'dg:when "2001" ;',
                "stated",
                "dg:value 4 ; dg:grade grade:stated ; dg:attributedTo ex:body",
            ),
        )
    )
    + "".join(
        f"""
ex:o{n} a dg:Observation ; dg:measure measure:imports ; dg:unit unit:us-dollar ; dg:area ex:alba ; dg:counterpart ex:borea ;
    dg:when "{when}" ; {value} ; dg:grade grade:{grade} ; dg:statement "Figure {n}."@en ; dg:at "0-9" .
"""
        for n, when, value, grade in (
            (1, "1999", "dg:value 1500000000.0", "stated"),
            (2, "2000", "dg:value 2000000000.0", "stated"),
            (3, "2000", "dg:value 2500000000.0 ; dg:attributedTo ex:body", "stated"),
            (4, "2001", "dg:minimum 3000000000.0", "estimated"),
            (5, "2002", "dg:unknown true", "stated"),
            (6, "2003", "dg:value 9000000000.0", "rumoured"),
        )
    )
)


@pytest.fixture
def arms(write_graph):
    """A made-up graph of transfers and figures, with names that could be taken for mathematics."""
    return open_graph(str(write_graph(ARMS)))


def texts(made: charts.Chart) -> list[str]:
    """All texts of a figure."""
    from matplotlib.text import Text

    return [text.get_text() for text in made.figure.findobj(Text) if text.get_text()]
