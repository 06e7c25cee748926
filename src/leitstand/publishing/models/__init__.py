"""Tables of publishing, one aggregate a file."""

from leitstand.publishing.models.approval import Approval
from leitstand.publishing.models.asset import Asset
from leitstand.publishing.models.figure import Figure
from leitstand.publishing.models.hold import Hold
from leitstand.publishing.models.policy import Policy
from leitstand.publishing.models.post import Post, PostImage, Version
from leitstand.publishing.models.publication import Attempt, Publication

__all__ = ["Approval", "Asset", "Attempt", "Figure", "Hold", "Policy", "Post", "PostImage", "Publication", "Version"]
