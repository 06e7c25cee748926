"""The demo company: a fictional coffee roastery, with dates relative to today. `load` fills an empty house, `remove`
empties it again.
"""

from leitstand.web.demo.load import load
from leitstand.web.demo.remove import remove

__all__ = ["load", "remove"]
