"""Mastodon, and every server that speaks its API. https://docs.joinmastodon.org/methods/statuses/

Oddities:
- `Idempotency-Key` makes a repeated POST return the first status, but only for an hour
  (https://docs.joinmastodon.org/methods/statuses/#create). A thread that breaks off is therefore Unsure.
- Who may see a status is told with each one; an answer is seen by those who see what it answers.
- Who is answered is told of it only where the answer mentions them: their name is put in front.
- A second sending under the same key may come while the first is still worked on, and make a second status
  (https://github.com/mastodon/mastodon/pull/37879): the network must have settled before anything is sent again.
- What a person has had filtered out of the notifications is heard too (`include_filtered`, since 4.3:
  https://docs.joinmastodon.org/methods/notifications/#get).
- Media may answer 202 and must be polled until they are ready (https://docs.joinmastodon.org/methods/media/#v2).
- Every URL counts 23 characters, of a mention only the name (https://docs.joinmastodon.org/user/posting/#text).
- Each server has its own limits (https://docs.joinmastodon.org/entities/V2_Instance/): read when the
  channel is connected and at every check, and kept to.
- Ids are texts to be compared by nobody: other servers use other forms than numbers.
- No real server could be run for our tests: recorded answers follow the official documentation.

`facts` is the network as data, `parse` reads its answers, `own` looks among what our account has written,
`connector` speaks.
"""

from leitstand.connectors.mastodon.connector import Mastodon

__all__ = ["Mastodon"]
