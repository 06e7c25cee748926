"""WordPress: a company's blog through its REST API. https://developer.wordpress.org/rest-api/reference/posts/

Oddities:
- The door is found by the header `Link: <…>; rel="https://api.w.org/"`, because sites without pretty addresses
  have it at `/?rest_route=/` (https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/).
- Access by application password with HTTP Basic
  (https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/#application-passwords).
- It knows no idempotency key: the slug ends in ours, so a sending can be found again.
- The first image becomes the featured image as well.
- Posts and comments are numbered apart: a comment's id is told as "comment-12".
- Comments that wait for approval are shown only to users who may moderate.

`facts` is the network as data, `parse` makes and reads its JSON, `connector` speaks.
"""

from leitstand.connectors.wordpress.connector import WordPress

__all__ = ["WordPress"]
