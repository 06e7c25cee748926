"""One file per check; the order is the order of the gate."""

from leitstand.rules.checks.advertising import ADVERTISING, UNCLEAR
from leitstand.rules.checks.ai import AI
from leitstand.rules.checks.claims import COMPENSATION, ENVIRONMENT
from leitstand.rules.checks.country import COUNTRY
from leitstand.rules.checks.images import ALT_LENGTH, ALT_TEXT, CREDIT, LICENCE, PEOPLE
from leitstand.rules.checks.imprint import IMPRINT
from leitstand.rules.checks.length import IMAGE, LENGTH, NOTHING, TITLE
from leitstand.rules.checks.personal import PERSONAL
from leitstand.rules.checks.prices import PRICES
from leitstand.rules.checks.prize import PRIZE

ALL = (
    LICENCE,
    PEOPLE,
    AI,
    ALT_TEXT,
    ALT_LENGTH,
    CREDIT,
    ADVERTISING,
    UNCLEAR,
    PRICES,
    COMPENSATION,
    ENVIRONMENT,
    PERSONAL,
    PRIZE,
    NOTHING,
    TITLE,
    IMAGE,
    LENGTH,
    IMPRINT,
    COUNTRY,
)
TITLES = {rule.slug: rule.title for rule in ALL}
