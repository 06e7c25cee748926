"""The legal framework: what may go out, who may send it, and how we know.

`judge` asks pure checks about a frozen Draft and gives a Verdict; `waive` allows a reasoned exception;
`guideline` keeps the company's own rules for its people, and `sign` their signatures.
"""

from leitstand.rules.judge import judge

__all__ = ["judge"]
