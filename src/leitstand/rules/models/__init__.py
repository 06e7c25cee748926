"""Tables of rules."""

from leitstand.rules.models.guideline import Acknowledgement, Guideline
from leitstand.rules.models.switch import Switch
from leitstand.rules.models.waiver import Waiver

__all__ = ["Acknowledgement", "Guideline", "Switch", "Waiver"]
