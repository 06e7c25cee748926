"""Mastodon, and every server that speaks its API. https://docs.joinmastodon.org/methods/statuses/

Oddities:
- `Idempotency-Key` makes a repeated POST return the first status, but only for an hour
  (https://docs.joinmastodon.org/methods/statuses/#create). A thread that breaks off is therefore Unsure.
- Media may answer 202 and must be polled until they are ready (https://docs.joinmastodon.org/methods/media/#v2).
- Every URL counts 23 characters, of a mention only the name (https://docs.joinmastodon.org/user/posting/#text).
- Each server has its own limits (https://docs.joinmastodon.org/entities/V2_Instance/): read when the
  channel is connected and at every check, and kept to.
- Ids are texts to be compared by nobody: other servers use other forms than numbers.
- No real server could be run for our tests: recorded answers follow the official documentation.

`facts` is the network as data, `parse` reads its answers, `own` looks among what we have written, `connector` speaks.
"""

from leitstand.connectors.mastodon.connector import Mastodon

__all__ = ["Mastodon"]
