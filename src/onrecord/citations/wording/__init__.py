"""Wording rules: what can be decided about whether a quotation carries the statement that cites it."""

from onrecord.citations.wording.case import Case, Passage, Problem, Rule
from onrecord.citations.wording.rules import RULES, wording_findings

__all__ = ["RULES", "Case", "Passage", "Problem", "Rule", "wording_findings"]
