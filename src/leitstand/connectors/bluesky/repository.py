"""Our own records on our server: made under keys that we choose, so that no post is made twice."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from leitstand.connectors.bluesky import keys, records
from leitstand.connectors.bluesky.session import Session
from leitstand.connectors.errors import ConnectorError, Refused, Unreachable, Unsure
from leitstand.connectors.http import answer_of
from leitstand.connectors.protocol import Content, Image

MOST_PAGES = 10  # of 100 records
Json = dict[str, Any]


class Repository:
    """Creates, finds and deletes posts; a post here is its `uri`, its `cid` and when it was made (`at`)."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def create(self, content: Content, key: str, more: Json) -> Json:
        """The post under our key: made now, or by an earlier attempt."""
        made_at = datetime.now(UTC)
        record = records.post(content, made_at, self._dids(content.text)) | more
        body = {"repo": self.session.did, "collection": records.POST, "rkey": keys.record_key(key), "record": record}
        try:
            made = self.session.call("POST", "com.atproto.repo.createRecord", json=body)
            return answer_of(made, lambda answer: records.link(answer) | {"at": made_at})
        except (Refused, Unsure) as error:
            return self._made_before(key, error)

    def _made_before(self, key: str, error: Refused | Unsure) -> Json:
        """What an earlier attempt made; where the look-up tells nothing, the error stands."""
        try:
            found = self.own(key)
        except ConnectorError:
            found = None
        if found is None:
            raise error
        return found

    def own(self, key: str) -> Json | None:
        """Our post under this key, or None."""
        try:
            return self.read(self.session.did, keys.record_key(key))
        except Refused as refused:
            if refused.code == "RecordNotFound" or "Could not locate record" in refused.detail:
                return None
            raise

    def answered(self, uri: str) -> Json:
        """What an answer to this post refers to."""
        repo, _collection, rkey = uri.removeprefix("at://").split("/")
        return records.reply_to(self.read(repo, rkey))

    def read(self, repo: str, rkey: str) -> Json:
        def read(found: Json) -> Json:
            return found | {"at": records.when(found["value"]["createdAt"]), **records.link(found)}

        query = {"repo": repo, "collection": records.POST, "rkey": rkey}
        return self.session.get("com.atproto.repo.getRecord", read, **query)

    def written_since(self, moment: datetime) -> list[Json]:
        """What other apps wrote for us since then, the newest first.

        Records come in the order of their keys (https://docs.bsky.app/docs/api/com-atproto-repo-list-records), and apps
        make keys of the time. Those of our own posts are made up, and lie in earlier years.
        """
        oldest, found = keys.key_at(moment), list[Json]()
        query = {"repo": self.session.did, "collection": records.POST, "limit": "100"}
        for _page in range(MOST_PAGES):
            page, further = self.session.get("com.atproto.repo.listRecords", _page_of, **query)
            recent = [one for one in page if keys.key_of(one["uri"]) >= oldest]
            found += recent
            if not further or len(recent) < len(page):
                break
            query["cursor"] = further
        return found

    def delete(self, uri: str) -> None:
        """Deleting what is gone succeeds (lexicon com.atproto.repo.deleteRecord)."""
        body = {"repo": self.session.did, "collection": records.POST, "rkey": keys.key_of(uri)}
        self.session.call("POST", "com.atproto.repo.deleteRecord", json=body)

    def upload(self, image: Image) -> Json:
        """An image on the server; it is dropped there when no post refers to it."""
        options: Json = {"content": image.data, "headers": {"Content-Type": image.mime}, "changes": False}
        made = self.session.call("POST", "com.atproto.repo.uploadBlob", **options)
        return answer_of(made, lambda answer: dict(answer["blob"]))

    def _dids(self, text: str) -> dict[str, str]:
        """The accounts behind mentioned handles; a handle nobody knows stays plain text."""
        found = {}
        for handle in sorted(records.handles_in(text)):
            try:
                resolve = "com.atproto.identity.resolveHandle"
                found[handle] = self.session.get(resolve, lambda body: str(body["did"]), handle=handle)
            except (Refused, Unreachable):
                continue
        return found


def _page_of(body: Json) -> tuple[list[Json], str]:
    """One page, and where the next begins."""
    return list(body["records"]), body.get("cursor") or ""
