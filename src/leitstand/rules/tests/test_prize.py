"""Prize draws that run; not those that are over, and not what else one can win."""

from __future__ import annotations

import pytest

from leitstand.rules.tests.drafts import draft, found, marked

DRAWS = [
    "Unser Gewinnspiel beginnt!",
    "Wir verlosen drei Mühlen",
    "Es gibt drei Mühlen zu gewinnen!",
    "Big giveaway today",
    "Enter to win a grinder",
    "Unser Adventsgewinnspiel beginnt",
    "Weihnachtsverlosung im Laden",
    "Gewinne eine von drei Mühlen",
    "Mitmachen und gewinnen: drei Karten",
    "Unter allen Antworten losen wir eine Mühle aus",
    "Win a grinder!",
    "Tag a friend to win a bag of beans",
    "Jetzt im Lostopf landen",
    "🎁 Hüpft in den Lostopf! 🎁",
    "gewinn einen Gutschein",
    "Wettbewerb: Mach mit und gewinn einen Gutschein",
    "Gewinnt Karten für das Konzert ☕",
    "Advent ❄️\nGewinnt eine Mühle",
    "Heute gilt: Gewinnt zwei Plätze im Kurs",
    "#gewinnspiel #kaffee",
    "Schreibt einen Kommentar und gewinnt eine Mühle",
    "Kommt am Samstag vorbei und gewinnt",
    "Folge uns und gewinne",
    "Kommentiere bis Freitag, dann hast du die Chance auf eine Mühle",
    "Wir verschenken drei Pakete unter allen, die kommentieren",
    "Verlost werden fünf Plätze",
    "Das alte Gewinnspiel ist vorbei. Das neue Gewinnspiel läuft bis Sonntag",
    "Gewinnspiel! Beendet wird es am Freitag",
    "You could win a grinder",
    "Share this for a chance to win",
    "Answer the question and win",
    "Liken & gewinnen 🎉",
    "Zu gewinnen: 3 × 1 kg Kaffee",
    "Gewinne 2x2 Tickets",
    "Mach mit bei unserem Quiz und sichere dir eine von drei Kaffeemühlen!",
    "Schreibt uns, wofür ihr sie braucht – unter allen Antworten ziehen wir heute Abend eine Gewinnerin.",
    "Wer zuerst kommentiert, bekommt ein Pfund Kaffee geschenkt.",
    "Ratet mal, wie viele Bohnen im Glas sind! Wer am nächsten dran ist, bekommt eine Mühle.",
    "Kommentiert mit ☕ und mit etwas Glück gehört eine Tüte euch.",
    "We're giving away 5 bags! Comment below.",
    "Comment below: we give away two tickets",
    "Wir verschenken 3 Mühlen! Kommentiert bis Sonntag.",
    "Gewinn ein Wochenende für zwei",
    "The closest guess in the comments gets a mug",
    "Win! Win! Win! Tag three friends.",
    "Fotowettbewerb: Die schönsten drei Fotos werden prämiert – 1. Preis 200 €",
    "Photo contest: the first prize is a grinder",
    "Zu gewinnen gibt es zwei Karten fürs Stadtfest.",
    "Jetzt mitmachen und eine Mühle gewinnen!",
    "Jetzt teilnehmen und eine von fünf Mühlen gewinnen!",
    "Du willst zwei Tickets gewinnen? Dann kommentiere!",
    "Folgt uns, liked diesen Beitrag und ihr könnt 2 Tickets gewinnen",
    "Freikarten zu gewinnen!",
    "Win two tickets!",
    "Unser Adventsgewinnspiel läuft",
    "Die Gewinner der Verlosung werden am Freitag gezogen: unser Gewinnspiel",
]
NO_DRAWS = [
    "Kleine Giveaways an unserem Stand",
    "We want to win a new market",
    "Wir wollen Fachkräfte finden und gewinnen",
    "Es ist schwer, Fachkräfte zu gewinnen",
    "Der Gewinn ist gestiegen",
    "We hope to win your trust",
    "Verlosung ist vorbei",
    "Die Verlosung ist leider schon vorbei 😢",
    "Gewinnspiel beendet: Danke an alle",
    "#Gewinnspiel beendet",
    "Unser Gewinnspiel ist zu Ende",
    "Adventsgewinnspiel: Die Gewinnerinnen stehen fest",
    "Die Gewinner unseres Gewinnspiels stehen fest",
    "The raffle is now closed",
    "Our giveaway is over",
    "Wir haben drei Mühlen verlost, danke fürs Mitmachen",
    "Unser Team gewinnt mit Lena eine neue Kollegin",
    "Unser Team wächst und gewinnt mit Lena eine neue Kollegin",
    "Die Rösterei gewinnt einen Preis für ihren Sidama",
    "Der Gewinn eines Jahres fließt in den Umbau",
    "Unsere Gewinne mit Filterkaffee steigen",
    "Umsatz und Gewinn mit Filterkaffee steigen",
    "Das macht Freude und gewinnt Herzen",
    "We win an award for our Sidama",
    "Tag der Ausbildung: Fachkräfte finden und gewinnen",
    "Teilzeitkräfte finden und gewinnen",
    "Wer wagt, gewinnt",
    "Der Kaffee gewinnt mit der Lagerung an Tiefe",
    "Bewirb dich: Es ist deine Chance auf einen Ausbildungsplatz",
    "Gewinnen Sie einen Einblick in die Arbeit unserer Herzchirurgie: Tag der offenen Tür am 12. Mai.",
    "Gewinne einen ersten Eindruck von unserem Kurs",
    "Gewinnen Sie Zeit: Termine jetzt online buchen",
    "Die Tombola beim Stadtfest ist um 16 Uhr im Zelt.",
    "Beim Landeswettbewerb erreichte unsere Schülerin den 1. Preis",
    "Die Gewinner des Malwettbewerbs stehen fest – herzlichen Glückwunsch, Mia und Jonas!",
    "Melde dich an und sichere dir einen von zehn Plätzen im Kurs",
    "We are giving away our old shelves, pick them up on Friday",
    "Win! Our team beat the neighbours 3:1",
    "Unter allen Bewerbungen wählte die Jury drei aus",
    "Wir verschenken unser altes Sofa an Selbstabholer",
    "Der Malwettbewerb der Kita geht in die dritte Runde, Einsendeschluss ist der 3. Mai",
    "Wer uns schreibt, bekommt eine Antwort",
    "Zwei Goldmedaillen gewonnen! Unser Team ist stolz.",
    "Am Ende gewinnen alle: Spendenlauf brachte 3.000 €",
    "Gewinner der Verlosung ist Anna!",
    "Die Gewinnerin unseres Gewinnspiels steht fest: Anna",
    "Danke an alle, die beim Gewinnspiel mitgemacht haben!",
    "Achtung, Betrug! Wir veranstalten kein Gewinnspiel.",
    "Congratulations to the winner of our giveaway!",
    "Kommt ins Stadion und lasst uns gemeinsam gewinnen",
    "So könnt ihr neue Kunden gewinnen",
    "So kannst du einen Kunden gewinnen",
]


@pytest.mark.parametrize("text", DRAWS)
def test_a_prize_draw_is_noticed(text: str) -> None:
    assert marked("prize-draw", text)


@pytest.mark.parametrize("text", NO_DRAWS)
def test_other_gains_are_left_alone(text: str) -> None:
    assert marked("prize-draw", text) == ""


def test_with_a_link_to_the_terms_it_is_let_through() -> None:
    assert found(draft(text="Gewinnspiel", prize_terms_url="https://example.org/bedingungen")) == []
