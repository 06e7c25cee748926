"""Tables of the ground floor."""

from leitstand.core.models.company import Company
from leitstand.core.models.diary import DiaryEntry
from leitstand.core.models.duty import DutyHolder
from leitstand.core.models.invitation import Invitation
from leitstand.core.models.job_failure import JobFailure
from leitstand.core.models.notification import Notification
from leitstand.core.models.person import Person

__all__ = ["Company", "DiaryEntry", "DutyHolder", "Invitation", "JobFailure", "Notification", "Person"]
