"""What happens to personal tokens, for the diary. Never the token itself."""

from django.utils.translation import gettext_lazy as _

from leitstand.api.models import Token
from leitstand.core.events import event


@event("api.token_made", _("Personal token made"), {"scopes": dict(Token.Scope.choices)})
class TokenMade:
    token_id: int
    name: str
    scopes: list[str]


@event("api.token_revoked", _("Personal token revoked"))
class TokenRevoked:
    token_id: int
