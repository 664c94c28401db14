"""The referral flow and its routes as JSON. The keys are stable: more may come, none changes its meaning."""

from __future__ import annotations

from typing import Any

from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.reading import Edge
from onrecord.answers.flow.routes import Route, Routes
from onrecord.answers.notes import note_data
from onrecord.answers.sheet_json import without_empty
from onrecord.store.records import StoreBase


def flow_data(flow: Flow, base: StoreBase) -> dict[str, Any]:
    """The flow as plain data; empty values are left out."""
    wanted = flow.wanted
    return without_empty(
        {
            "base": flow.origin.base,
            "version": flow.origin.version,
            "latest": flow.origin.latest,
            "wanted": without_empty(
                {
                    "matters": [_named(flow, iri) for iri in sorted(wanted.matters)],
                    "parties": [_named(flow, iri) for iri in sorted(wanted.parties)],
                    "from": _named(flow, wanted.start) if wanted.start else {},
                    "to": _named(flow, wanted.end) if wanted.end else {},
                    "steps": wanted.steps if wanted.start or wanted.end else 0,
                    "as_of": wanted.as_of,
                    "include": sorted(wanted.include),
                    "reports": wanted.reports,
                }
            ),
            "parties": [{"party": p.iri, "label": p.name} for p in flow.parties],
            "edges": [edge_data(edge, flow) for edge in flow.edges],
            "notes": [note_data(note, base) for note in flow.notes],
            "left_out": [{"claim": item.claim, "reason": item.reason} for item in flow.left_out],
            "nearest": [
                {"kind": near.kind, "others": [_named(flow, iri) for iri in near.others]}
                | ({"party": _named(flow, near.iri)} if near.iri else {})
                for near in flow.near
            ],
        }
    )


def edge_data(edge: Edge, flow: Flow) -> dict[str, Any]:
    """One edge with the numbers of its notes."""
    return without_empty(
        {
            "kind": "report" if edge.is_report else "referral",
            "from": _named(flow, edge.source),
            "to": _named(flow, edge.target),
            "instead": [_named(flow, iri) for iri in edge.instead],
            "matters": [_named(flow, iri) for iri in edge.matters],
            "obligation": edge.obligation,
            "conditions": list(edge.conditions),
            "time_limits": list(edge.time_limits),
            "legal_basis": [_named(flow, iri) for iri in edge.legal_basis],
            "standing": edge.standing.value,
            "times": list(edge.times),
            "said_by": list(edge.said_by),
            "disputed": edge.is_disputed,
            "disputes": list(edge.disputes),
            "claims": list(edge.claims),
            "notes": list(edge.notes),
        }
    )


def routes_data(found: Routes, base: StoreBase) -> dict[str, Any]:
    """The routes as plain data, with the flow of their edges."""
    flow = found.flow
    return {
        "from": _named(flow, found.start),
        "to": _named(flow, found.end),
        "cut": found.is_cut,
        "routes": [_route(route, flow) for route in found.routes],
        "flow": flow_data(flow, base),
    }


def _route(route: Route, flow: Flow) -> dict[str, Any]:
    at = {edge: index for index, edge in enumerate(flow.edges)}
    return {
        "matters": [_named(flow, iri) for iri in route.matters],
        "weak_steps": list(route.weak_steps),
        "steps": [
            {
                "from": _named(flow, step.source),
                "to": _named(flow, step.target),
                "marks": list(step.marks),
                "edges": [at[edge] for edge in step.edges],
                "notes": sorted({number for edge in step.edges for number in edge.notes}),
            }
            for step in route.steps
        ],
    }


def _named(flow: Flow, iri: str) -> dict[str, str]:
    return {"iri": iri, "label": flow.name(iri)}
