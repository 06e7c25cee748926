"""Bluesky (AT Protocol). https://docs.bsky.app/docs/advanced-guides/posts

Oddities:
- Records are made under a key we choose: derived from our own key it makes a repeated sending harmless, and
  `getRecord` tells whether it happened (https://atproto.com/specs/record-key, https://atproto.com/specs/tid).
  Creating a key that is there fails with an internal error: what is there is looked at after every failure.
- Links, mentions and hashtags are facets with offsets in UTF-8 bytes
  (https://docs.bsky.app/docs/advanced-guides/post-richtext).
- Limits: 300 graphemes and 3,000 bytes (lexicon app.bsky.feed.post); images at most 1,000,000 bytes
  (lexicon app.bsky.embed.images).
- Access tokens live for hours and are renewed with the refresh token. Signing in with the password is limited to
  300 times a day (https://docs.bsky.app/docs/advanced-guides/rate-limits): the session is kept among the secrets.
- A bare server (PDS) has no appview, so what needs one (notifications, counts) is empty there.
- An appview hears of a new account a moment later: its profile is unknown until then, its inbox can be read.
- A notification bears the time its writer's device told, where that is earlier than the appview's: what comes in
  up to 15 minutes below the newest one is heard, what is later still is not.
- What other apps wrote for us stands in our repository, under keys made of its time.
- Posts cannot be changed in the app, so we do not offer it.

`facts` is the network as data, `keys` and `records` make and read records, `session` signs in, `connector` speaks.
"""

from leitstand.connectors.bluesky.connector import Bluesky

__all__ = ["Bluesky"]
