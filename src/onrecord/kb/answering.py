"""Answers from a base: ask, summary, audit, flow, as the commands of these names print them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnRecordError, UnknownTerm
from onrecord.kb.looking import Looking
from onrecord.kb.querying import Querying
from onrecord.store.scope import INCLUDABLE, Scope, is_date

if TYPE_CHECKING:
    from onrecord.answers.ask.ask import Asked
    from onrecord.answers.audit.audit import Audit, Progress
    from onrecord.answers.flow.flow import Flow
    from onrecord.answers.flow.routes import Routes
    from onrecord.answers.search.index import SearchIndex
    from onrecord.answers.summary.checking import Audited
    from onrecord.answers.summary.summary import About, Summary
    from onrecord.answers.summary.words import Origin

MOST_OF_A_STANDING = 3
"""Claims of one standing that a section of a summary tells, where nothing else is asked for."""
Names = str | Iterable[str]
"""One name, or several."""


class Answering(Looking, Querying):
    """Claims put into other forms: what is on record on a question, a subject, a draft, a flow.

    A claim that a check has failed is left out of each. A date is written YYYY-MM-DD; "" keeps to none.
    """

    def refresh(self) -> None:
        """Forget what was read, after the files have changed."""
        super().refresh()
        self.__dict__.pop("_search", None)

    @cached_property
    def _search(self) -> SearchIndex:
        from onrecord.answers.search.index import open_search
        from onrecord.store.index import cache_folder

        return open_search(self.base, self.version, cache_folder() / "search")

    def ask(self, question: str, *, as_of: str = "", check: bool = True) -> Asked:
        """What is on record on a question in plain English.

        Args:
            question: as people ask it.
            as_of: claims not valid on that date are left out.
            check: whether to check the citations of the claims used.

        Raises:
            UnknownTerm: there is no word in the question, or the date is none.
        """
        from onrecord.answers.ask.ask import ask

        if not any(char.isalnum() for char in question):
            raise UnknownTerm("There is no word in the question.", next_step="Ask something.")
        return ask(
            self.base,
            self._search,
            question,
            questions=self.questions(),
            check=self.outcomes if check else None,
            as_of=_date(as_of),
        )

    def summary(
        self,
        subject: str = "",
        *,
        claims: Names | None = None,
        title: str = "",
        parameters: Mapping[str, str] | None = None,
        most: int | None = None,
        as_of: str = "",
    ) -> Summary:
        """A sourced summary of a subject, or of some claims.

        It has no sentences where nothing is on record that may be told.

        Args:
            subject: a topic, matter, entity or named question; with `claims`, what to call them.
            claims: the claims to tell, by slug, prefixed name or IRI, in place of those on a subject.
            title: of a summary of `claims`.
            parameters: of the named question.
            most: claims of one standing that a section tells; 0 for all. None for all claims of a question
                or a list, and for `MOST_OF_A_STANDING` elsewhere.
            as_of: claims not valid on that date are left out.

        Raises:
            UnknownTerm: the base knows no such subject, claim or parameter, or the date is none.
        """
        from onrecord.answers.summary.summary import summary

        day = _date(as_of)
        if claims is None:
            about = self._about(subject, parameters or {}, day)
        else:
            about = self._about_claims(claims, title or "Claims on record", subject)
        return summary(
            self.base,
            about,
            self.outcomes,
            as_of=day,
            base_name=self.layout.config.name,
            version=self.version,
            most=most if most is not None else MOST_OF_A_STANDING if about.entity else 0,
        )

    def audit_summary(self, written: str | Path, *, name: str = "") -> Audited:
        """Compare a summary that was written with the base: every sentence, note and quotation.

        Args:
            written: its text (Markdown, HTML or JSON), or the path of its file.
            name: what findings call it; the path where none is given.

        Raises:
            UnreadableFile: it cannot be read.
        """
        from onrecord.answers.summary.checking import audit_summary
        from onrecord.answers.summary.reading import LARGEST, read_summary
        from onrecord.store.reading import decode, load_bytes

        file = name or (str(written) if isinstance(written, Path) else "summary")
        text = decode(load_bytes(written, file, LARGEST), file) if isinstance(written, Path) else written
        read = read_summary(text, file)
        about = self._asked_about(read.origin) if read.origin is not None else None
        return audit_summary(self.base, read, self.outcomes, file=file, version=self.version, about=about)

    def audit(
        self,
        draft: str | Path,
        *,
        name: str = "",
        input_format: str = "",
        as_of: str = "",
        progress: Progress = iter,
    ) -> Audit:
        """Somebody's text against the base, sentence by sentence.

        Args:
            draft: the text itself, or the path of its file (`Path("-")`: standard input).
            name: what the audit calls it; the path where none is given.
            input_format: "markdown", "html" or "text"; "" to tell by its name and start.
            as_of: claims not valid on that date count as outdated.
            progress: passes the sentences on, showing how far it is.

        Raises:
            UnreadableFile: it cannot be read, is too long, or has no words.
            UnknownTerm: the date is none.
        """
        from onrecord.answers.audit.audit import audit
        from onrecord.answers.audit.drafts import draft_bytes, read_draft

        day = _date(as_of)
        file = name or (str(draft) if isinstance(draft, Path) else "draft")
        data = draft_bytes(draft, file) if isinstance(draft, Path) else draft.encode(errors="surrogatepass")
        read = read_draft(data, file, input_format)
        return audit(self.base, read, self.in_place, self.archive, as_of=day, progress=progress)

    def flow(
        self,
        *,
        matter: Names = (),
        office: Names = (),
        start: str = "",
        end: str = "",
        steps: int = 1,
        as_of: str = "",
        include: Names = (),
        reports: bool = False,
        check: bool = True,
    ) -> Flow:
        """Who passes allegations on to whom.

        Args:
            matter: keep to these matters and narrower ones.
            office: keep to what goes from or to one of these.
            start: keep to what leaves this office, and so many `steps` further on.
            end: keep to what reaches this office, and so many `steps` before that.
            steps: how far to follow; 0 for as far as it goes.
            as_of: claims not valid on that date are left out.
            include: any of `INCLUDABLE`; what is superseded, contradicted, alleged or argued is left out
                otherwise.
            reports: also who reports to whom, and not referrals alone.
            check: whether to check the citations of the claims used.

        Raises:
            UnknownTerm: the base holds no such matter or office, the date is none, or `include` names
                something else.
        """
        from onrecord.answers.flow import names
        from onrecord.answers.flow.flow import flow
        from onrecord.answers.flow.reading import Wanted

        wanted = Wanted(
            matters=frozenset(names.matter(self.base, self.iri, name) for name in _several(matter)),
            parties=frozenset(self._party(name) for name in _several(office)),
            start=self._party(start) if start else "",
            end=self._party(end) if end else "",
            steps=steps,
            as_of=_date(as_of),
            include=_included(include),
            reports=reports,
        )
        checked = self.outcomes if check else None
        named = self.layout.config.name
        return flow(self.base, wanted, checked, version=self.version, base_name=named)

    def routes(
        self,
        start: str,
        end: str,
        *,
        steps: int = 0,
        matter: Names = (),
        as_of: str = "",
        include: Names = (),
        reports: bool = False,
        check: bool = True,
    ) -> Routes:
        """The ways by which allegations pass from one office to another, at most so many steps long.

        Without `steps`, as long as is usual; all else is as in `flow`.

        Raises:
            UnknownTerm: the base holds no such office or matter, or the date is none.
        """
        from onrecord.answers.flow.routes import MOST_STEPS, routes

        ends = self._party(start), self._party(end)
        whole = self.flow(matter=matter, as_of=as_of, include=include, reports=reports, check=check)
        return routes(self.base, whole, *ends, steps or MOST_STEPS)

    def _party(self, name: str) -> str:
        from onrecord.answers.flow.names import party

        return party(self.base, self.iri, name)

    # subjects -----------------------------------------------------------------------------------------

    def _about(self, subject: str, parameters: Mapping[str, str], as_of: str) -> About:
        from onrecord.answers.summary.subject import about_name

        question = subject.removeprefix("question:")
        if question == subject and not parameters:
            about = about_name(self.base, subject, self.layout.config.iri)
            if about is not None:
                return about
        return self._about_question(question, parameters, as_of)

    def _about_question(self, name: str, parameters: Mapping[str, str], as_of: str) -> About:
        """The claims that the rows of a named question rest on."""
        from onrecord.answers.summary.subject import about_claims, near

        title = next((q.title for q in self.questions() if q.name == name), None)
        if title is None:
            others = " or ".join(repr(other) for other in near(self.base, name))
            meant = f" Did you mean {others}?" if others else ""
            raise UnknownTerm(
                f"The base knows no topic, entity or question {name!r}.{meant}",
                next_step="List what there is: onrecord query --list, onrecord list",
            )
        answer = self.run(self.question(name, parameters), scope=Scope(as_of=as_of))
        rests = dict.fromkeys(iri for e in answer.explain() for iri in (*e.claims, *e.about))
        known = [iri for iri in rests if self.base.claim(iri) is not None]
        shown = " ".join((f"question:{name}", *(f"{key}={value}" for key, value in parameters.items())))
        return about_claims(self.base, known, title, shown, {})

    def _asked_about(self, origin: Origin) -> About | None:
        """The subject of a written summary, where it is a named question; else None."""
        name, *given = origin.subject.removeprefix("question:").split(" ")
        if not origin.subject.startswith("question:") or not all("=" in one for one in given):
            return None
        parameters = dict(one.split("=", 1) for one in given)
        with contextlib.suppress(OnRecordError):
            return self._about_question(name, parameters, _date(origin.as_of))
        return None

    def _about_claims(self, claims: Names, title: str, subject: str) -> About:
        from onrecord.answers.summary.subject import about_claims

        names = _several(claims)
        iris = {name: self.iri(name) for name in names}
        return about_claims(self.base, names, title, subject or "claims", iris)


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _included(names: Names) -> frozenset[str]:
    found = frozenset(_several(names))
    if wrong := sorted(found - {*INCLUDABLE}):
        raise UnknownTerm(f"Nothing {wrong[0]!r} is left out.", next_step=f"Give any of {INCLUDABLE}.")
    return found


def _date(text: str) -> str:
    """A date as ISO 8601 writes it, YYYY-MM-DD, or "" for none.

    Raises:
        UnknownTerm: it is something else.
    """
    if not text or is_date(text):
        return text
    raise UnknownTerm(f"{text!r} is no date.", next_step="Write YYYY-MM-DD.")
