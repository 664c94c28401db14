"""The corrections log: every kind of change, by day, with its reason."""

from __future__ import annotations

from golden_files import assert_golden
from onrecord.answers.changelog import changes, changes_data, changes_text
from onrecord.model import Claim
from small_base import SmallBase


def test_the_log_as_text(disputed: SmallBase) -> None:
    found = changes(disputed.kb().base.claims())
    assert_golden("changes.txt", changes_text(found))


def test_the_latest_day_comes_first_and_corrections_before_additions(disputed: SmallBase) -> None:
    found = changes(disputed.kb().base.claims())
    days = [c.on for c in found]
    assert days == sorted(days, reverse=True)
    assert [c.kind for c in found if c.on == "2026-11-02"][:2] == ["retired", "added"]


def test_since_a_date_holds_that_day_and_later(disputed: SmallBase) -> None:
    claims = list(disputed.kb().base.claims())
    assert {c.on for c in changes(claims, "2026-11-03")} == {"2026-11-03", "2026-11-04", "2026-11-20"}
    assert [c.what for c in changes(claims, "2026-11-03", ("assessed", "waived"))] == [
        "contradicted",
        "waived across-secondary",
    ]
    assert changes_text(changes(claims, "2027-01-01"), "2027-01-01") == "Nothing changed since 2027-01-01.\n"


def test_a_change_points_to_what_stands_in_its_place(disputed: SmallBase) -> None:
    entries = changes_data(changes(disputed.kb().base.claims(), kinds=("retired",)))
    assert entries == [
        {
            "on": "2026-11-02",
            "kind": "retired",
            "what": "superseded",
            "claim": "https://w3id.org/onrecord/kb/claim/line-open-on-weekends",
            "statement": "Owners can call the harbour line at 555-0143 on weekends.",
            "by": ["https://w3id.org/onrecord/kb/claim/line-open-on-weekdays"],
            "reason": "The paper says weekdays.",
        }
    ]


def test_a_change_without_a_date_is_not_lost_and_not_dated() -> None:
    claim = Claim("https://w3id.org/onrecord/kb/claim/undated", "No day.")
    assert changes_text(changes([claim])).startswith("date not recorded  1 added")
    assert changes([claim], "2020-01-01") == []
