"""What exactly goes out: the content of a version, and the hash an approval is bound to.

Stands between compose and gate: `fingerprint` covers every word, image, alt text, link and legal fact of
a post with all its versions, so that any edit after the approval is noticed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from leitstand.channels import queries as channels
from leitstand.connectors.protocol import Content, Network
from leitstand.connectors.text import split
from leitstand.publishing import pictures
from leitstand.publishing.models import Post, PostImage, Publication, Version


def fingerprint(post: Post) -> str:
    """SHA-256 over the post, its versions and images, as 64 hex digits."""
    versions = sorted(_version_facts(version) for version in post.versions.all())
    images = [[image.asset.sha256, image.spoken] for image in images_of(post)]
    text = json.dumps([_post_facts(post), versions, images], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _post_facts(post: Post) -> list[Any]:
    legal = [post.consideration, post.ai, post.prize_terms_url, post.evidence, post.lowest_price]
    return [post.title, post.text, post.link, post.language, *legal]


def _version_facts(version: Version) -> list[Any]:
    return [version.channel_id, version.own_text, version.own_title, version.with_images, version.as_thread]


def is_current(publication: Publication, now: str) -> bool:
    """Whether it carries the post as it is now, with the hash `now`; what is out does while it reads the same.

    A channel that joins a post changes the hash, and no word of what is out already.
    """
    version = publication.version
    has_title = channels.network_of(version.channel).text.needs_title
    out = publication.published_text, publication.published_title if has_title else version.title
    return publication.content_hash == now or out == (full_text(version), version.title)


def images_of(post: Post) -> list[PostImage]:
    return list(post.images.all())


def shown_images(version: Version, network: Network) -> list[PostImage]:
    """The images this version carries: none if switched off, at most as many as the network takes."""
    return images_of(version.post)[: network.media.images] if version.with_images else []


def full_text(version: Version) -> str:
    """The text with the link at its end, where the link does not stand in the text already."""
    link = version.post.link
    if not link or link in version.text:
        return version.text
    return f"{version.text.rstrip()}\n\n{link}".strip()


def pieces(version: Version, network: Network) -> list[str]:
    """The text as the network gets it: one piece, or the parts of a thread."""
    text = full_text(version)
    if version.as_thread and network.threads:
        return split(text, network.text)
    return [text]


def content_of(version: Version) -> Content:
    """Everything the connector needs, images shaped for the network."""
    network = channels.network_of(version.channel)
    first, *rest = pieces(version, network)
    images = tuple(pictures.shaped(image, network.media) for image in shown_images(version, network))
    title = version.title if network.text.needs_title else ""
    return Content(first, title, version.post.link, images, version.post.language, thread=tuple(rest))
