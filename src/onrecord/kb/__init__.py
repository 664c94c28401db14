"""KnowledgeBase: the facade over one base and one archive; puts the rooms together."""

from __future__ import annotations

from onrecord.kb.answering import Answering
from onrecord.kb.filing import Filing

__all__ = ["KnowledgeBase"]


class KnowledgeBase(Answering, Filing):
    """A base and the archive that its quotations are checked against.

    Several may be open on one base at a time. What was read of it stays as it was until `refresh`.

    >>> kb = KnowledgeBase.open()
    >>> kb.layout.facts.is_dir()
    True
    """
