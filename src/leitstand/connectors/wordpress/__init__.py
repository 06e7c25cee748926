"""WordPress: a company's blog through its REST API. https://developer.wordpress.org/rest-api/reference/posts/

Oddities:
- The door is found by the header `Link: <…>; rel="https://api.w.org/"`, because sites without pretty addresses
  have it at `/?rest_route=/` (https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/).
- Access by application password with HTTP Basic
  (https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/#application-passwords).
- It knows no idempotency key: the slug ends in ours, so a sending can be found again.
- The first image becomes the featured image as well.
- Posts and comments are numbered apart: a comment's id is told as "comment-12".
- Comments that wait for approval are shown only to users who may moderate; others see them when they are approved.
  What is approved later than a week after the newest comment is not heard.
- 403 is also said of a single post or comment (comments are closed, the post is a draft): that is a refusal, and no
  word on our access. So is a 403 without a code of WordPress: firewalls of sites (mod_security, Wordfence, Cloudflare)
  refuse single requests for their words, with a page of their own.
- What is answered in wp-admin counts as ours only where it bears our user: colleagues may have users of their own.
- Behind a proxy that ends TLS a site may announce its door by http; where its page came by https, so does the door.

`facts` is the network as data, `parse` makes and reads its JSON, `door` asks, `inbox` hears comments, `own`
recalls ours, `connector` speaks.
"""

from leitstand.connectors.wordpress.connector import WordPress

__all__ = ["WordPress"]
