"""One file per check; the order is the order of the gate."""

from leitstand.rules.checks.advertising import ADVERTISING
from leitstand.rules.checks.ai import AI
from leitstand.rules.checks.claims import COMPENSATION, ENVIRONMENT
from leitstand.rules.checks.images import ALT_TEXT, CREDIT, LICENCE, PEOPLE
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
    CREDIT,
    ADVERTISING,
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
)
TITLES = {rule.slug: rule.title for rule in ALL}
