"""A prize draw needs terms."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import in_words

# "ist vorbei", "beendet", ": Die Gewinner stehen fest", "is over": what is over needs no terms any more.
BETWEEN = r"(?:ist|sind|wurde|jetzt|nun|leider|schon|bereits|die|Gewinner\p{L}{0,6}|is|has|now)"
ENDED = r"(?:vorbei|beendet|zu Ende|abgelaufen|st(?:eht|ehen) fest|ended|closed|(?<=\b(?:is|now)\s)over)"
OVER = rf"[^\w.!?\n]{{0,3}}(?:\b{BETWEEN}[^\w.!?\n]{{1,3}}){{0,4}}\b{ENDED}\b"
# "Adventsgewinnspiel", "#Verlosung", "giveaway". A tombola takes place where its tickets are sold.
NAMES = (
    r"\p{L}{0,30}(?:gewinnspiel|verlosung|preisausschreiben)\p{L}{0,30}+"
    r"|\b(?:giveaway(?!s)|prize draw|raffle|sweepstake)\p{L}{0,30}+"
)
# "Wir veranstalten kein Gewinnspiel", "Gewinnerin der Verlosung ist Anna", "die beim Gewinnspiel mitgemacht haben".
NO_DRAW = r"(?<!\b(?:keine?n?|(?:Gewinner\p{L}{0,4}|winners?)\s(?:der|des|unsere[rs]|of\s(?:the|our)))\s)"
RUNNING = rf"{NO_DRAW}\b(?:{NAMES})(?!{OVER}|\s(?:mitgemacht|teilgenommen))"
# "Wir verlosen", "verlost werden", but not "Wir haben drei Mühlen verlost".
RAFFLED = r"\bverlosen?\b|\bverlost\b(?<!\b(?:haben?|hat|wurden?)\b[^.!?:\n]{0,60})"
# "Es gibt drei Mühlen zu gewinnen", "losen wir aus", "im Lostopf", "verschenken wir unter allen, die", "unter allen
# Antworten ziehen wir", "mit etwas Glück gehört die Tüte euch".
TO_WIN = (
    r"\bgibt\b[^.!?\n]{0,60}\bzu gewinnen|\bzu gewinnen(?: gibt|:)|\blosen\b[^.!?\n]{0,40}\baus\b"
    r"|\bLos(?:topf|trommel)\b|(?:karten|tickets|gutscheine?|preise)\szu gewinnen\b"
    # "Du willst zwei Tickets gewinnen?", "könnt eine Mühle gewinnen", but not "einen Kunden gewinnen"
    r"|\b(?:könnt|kannst|willst|wollt|möchtest|möchtet)\s(?:(?:du|ihr|Sie|jetzt)\s){0,2}(?:eine?n?|zwei|drei|fünf|\d+)\s"
    r"(?!\p{L}{0,20}(?:kund|mitarbeit|fachkr|blick|druck|überblick|zeit|spiel|stunde))[^.!?\n]{0,40}\bgewinnen\b"
    r"|\bverschenken\b[^.!?\n]{0,40}\bunter allen\b|\bunter allen\b[^.!?\n]{0,60}\b(?:verschenken|ziehen|wählen)\b"
    r"|\bmit (?:etwas|ein bisschen|ein wenig) Glück (?:gehör|gewinn|bekomm|erh[aä]lt)\p{L}*"
)
# "Fotowettbewerb: ... werden prämiert", "1. Preis 200 €": prizes still to be had; "erreichte den 1. Preis" is past.
CONTEST = (
    r"\p{L}{0,30}wettbewerb\b[^\n]{0,120}?(?:\bwerden prämiert|\b1\. Preis:?\s(?:ein|\d|€|CHF)|\bHauptpreis\b)"
    r"|\bcontest\b[^\n]{0,120}?\b(?:first|1st|main) prize\b"
)
# A call stands at the beginning or behind a comma. "Unser Team gewinnt eine Kollegin" tells, and calls nobody.
CALL = r"(?:^|[^\p{L}\d\s]\s?|\b(?:jetzt|hier)\s)\K"
THING = (
    r"(?:(?:eine?n?|mit|jetzt|tolle|zwei|drei|fünf|Karten|Tickets)\b|\d)"
    r"(?!\s(?:\p{L}{1,20}\s)?(?:Einblick|Eindruck|Überblick|Vorsprung|Abstand)\b)"
)
WIN = (
    rf"{CALL}gewinn[et]?\s{THING}|\bgewinnen Sie\s{THING}"
    r"|(?<!\b(?:to|we|they|I)\s)\bwin (?:an?|one|two|three|five|ten|\d+)\b|\bchance to win\b"
)
# "Mach mit und gewinn", "Liken & gewinnen", "enter to win".
TAKE_PART = (
    r"(?:(?:mitmach|mitspiel|teilnehm|kommentier|markier|comment|follow|enter|share|answer|subscribe)\p{L}{0,12}"
    r"|(?:lik|teil|tipp|tagg|folg|abonnier|beantwort|schreib|sag|verrat|rat|schick|meld|kauf|komm|bestell)(?:en?|e?t)?"
    r"|macht? mit|tag (?:an?|your|one|two|three|us))"
)
# "Win! Tag three friends", "We're giving away 5 bags! Comment below", "Wir verschenken 3 Mühlen! Kommentiert".
ONLINE = r"\b(?:tag|comment|follow|share|like|kommentiere?t?)\b"
GIVING = r"\b(?:giv(?:e|ing) away|verschenken)\b"
GIVEN = rf"{CALL}win\s?!(?=.{{0,60}}{ONLINE})|{GIVING}(?=.{{0,100}}{ONLINE})|{ONLINE}.{{0,60}}{GIVING}"
# "Mach mit bei unserem Quiz und sichere dir eine von drei Mühlen", "Wer zuerst kommentiert, bekommt ein Pfund Kaffee".
BEST = r"(?:kommentiert|likt|liked|teilt|markiert|errät|rät|schätzt|am nächsten dran ist|richtig liegt)"
QUIZ = (
    r"\b(?:Quiz|R(?:ä|ae)tsel|macht? mit|mitmachen)\b[^.!?\n]{0,60}\bsicher\p{L}{0,2} (?:dir|euch|sich)\b"
    rf"|\bwer\s[^.!?\n]{{0,40}}\b{BEST},?\s(?:bekommt|erhält|kriegt|gewinnt)\b"
    r"|\b(?:first|best|closest)\b[^.!?\n]{0,30}\b(?:comments?|guess|answer)\b[^.!?\n]{0,20}\b(?:gets|receives|wins)\b"
)
A_PRIZE = rf"(?:{THING}[^.!?\n]{{0,40}}\s)?"
AND_WIN = rf"\b{TAKE_PART}\b[^.!?\n]{{0,40}}(?:(?:\bund|&|\+)\s?{A_PRIZE}gewinn(?:en|e|t)?|\b(?:to|and) win)\b"
# "Kommentiere bis Freitag, dann hast du die Chance auf eine Mühle".
CHANCE = r"\b(?:kommentier|markier|beantwort)\p{L}{0,3}\b[^.!?\n]{0,60}\bChance auf ein"
KINDS = [RUNNING, RAFFLED, TO_WIN, CONTEST, WIN, GIVEN, QUIZ, AND_WIN, CHANCE]
DRAW = regex.compile("|".join(KINDS), regex.IGNORECASE | regex.MULTILINE)


def check(draft: Draft) -> Iterator[Hit]:
    if not draft.prize_terms_url:
        yield from in_words(DRAW, draft)


PRIZE = Rule(
    "prize-draw",
    _("Prize draw"),
    _("Organiser, period, who may take part, the prize, how the winner is drawn, and privacy must be readable."),
    _("A prize draw without a link to its terms."),
    _("Publish the terms and enter their address among the facts."),
    "block",
    {"DE": "§ 6 Abs. 1 Nr. 4 DDG", "AT": "§ 6 ECG", "CH": "Art. 3 UWG, BGS"},
    check,
)
