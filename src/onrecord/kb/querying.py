"""Queries and named questions, run where they can be stopped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.kb.opened import OpenedBase
from onrecord.store.scope import Scope

if TYPE_CHECKING:
    from onrecord.sparql.evaluating import Request
    from onrecord.sparql.running import Answer
    from onrecord.sparql.session import Sessions
    from onrecord.store.questions import Question


class Querying(OpenedBase):
    """Asking a base in SPARQL."""

    def refresh(self) -> None:
        """Forget what was read, after the files have changed."""
        super().refresh()
        self.close()

    def close(self) -> None:
        """End the processes that queries run in; the next query starts one again."""
        if "_sessions" in self.__dict__:
            self.__dict__.pop("_sessions").close()

    def query(
        self,
        text: str,
        *,
        scope: Scope | None = None,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> Answer:
        """The whole answer to a SPARQL query, run where it can be stopped; limits default to the base's.

        Queries see the base as it was at the first of them, until `refresh`.

        Raises:
            QueryError: it is refused, does not parse, takes too long, or has too many rows.
        """
        from onrecord.sparql.evaluating import Request

        return self.run(Request(text), scope=scope, seconds=seconds, rows=rows)

    def run(
        self,
        request: Request,
        *,
        scope: Scope | None = None,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> Answer:
        """The whole answer to a request; see `query`."""
        from dataclasses import replace

        config = self.layout.config
        limited = replace(request, rows=rows or config.query_rows, base_iri=config.iri)
        return self._sessions.of(scope or Scope()).query(limited, seconds or config.query_seconds)

    @cached_property
    def _sessions(self) -> Sessions:
        from onrecord.sparql.session import Sessions

        return Sessions(self.layout)

    def questions(self) -> list[Question]:
        """The base's named questions."""
        from onrecord.store.questions import questions

        return questions(self.layout)

    def question(self, name: str, parameters: Mapping[str, str] | None = None) -> Request:
        """A named question with its parameters bound, ready to run.

        Raises:
            UnknownTerm: no such question, or a parameter that does not fit.
        """
        from onrecord.sparql.evaluating import Request
        from onrecord.store.questions import question

        found = question(self.layout, name)
        return Request(found.text, found.file, found.bind(parameters or {}, self.base.knows, self.iri))
