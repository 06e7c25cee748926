"""Texts that pure modules say in English, listed so that translators find them.

Reading (`fetch`), finding feeds (`discover`) and queries (`signals.query_language`) mark nothing for translation
themselves; what they say is looked up here by its English text. Words in braces are places.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

READING = (
    _("The source says that it is gone for good."),
    _("The source cannot be reached right now."),
    _("There is no server of this name."),
    _("This is not a web address."),
    _("The source answers too slowly; reading was cut off after 20 seconds."),
    _("The source sends more than 10 MB; reading was cut off."),
    _("The source redirects in circles."),
    _("The source answers with an error."),
    _("The source asks us to come less often."),
    _(
        "The source lies inside a private network and is not read."
        " Whoever runs Leitstand can allow it: LEITSTAND_PRIVATE_HOSTS."
    ),
    _("The source sends something that cannot be stored."),
)
FINDING = (
    _("It can be read by machine."),
    _("Language: {language}"),
    _("Your topics come up in {hits} of {all} items."),
    _("Nothing new in the last 30 days."),
    _("Items in the last 30 days: {n}."),
    _("The newest item is fresh."),
    _("The newest item is older than two weeks."),
)
QUERIES = (
    _("The query is empty."),
    _("A closing bracket is too many here."),
    _("This only says what must not be there. Add a word to look for, on each side of OR."),
    _("Language, source and author only narrow a search. Add a word to look for, on each side of OR."),
    _("This field is not known; there are lang:, source: and author:. Put other words with a colon in quotes."),
    _("A value is missing behind the colon, without a space."),
    _("A star stands at the end of a word only."),
    _("Too many brackets lie in one another here."),
    _("A quotation mark is missing."),
    _("There is no word here to look for."),
    _("A word is missing here."),
    _("NEAR stands between two words or phrases."),
    _("A word is missing at the end."),
    _("A closing bracket is missing."),
)
