"""What is known of one request, said fact by fact or as nested dict.

Invariant: each value was read by the engine when it was set, so that a case holds nothing that its pack would refuse. A
refused value, or a refused dict, changes nothing.
"""

from __future__ import annotations

import json
from threading import Lock
from typing import Any, Dict, Iterator, Mapping, Tuple, Union

from ._engine import Document, Engine, set_json
from .values import CaseDict, Json, Value, dumped, encode, nested, to_json


class Case:
    """A case of one pack; make it with `Pack.case`. Threads may share it: a decision sees it as it is at that moment."""

    def __init__(self, engine: Engine, said: Union[CaseDict, str, bytes] = "{}") -> None:
        self._engine = engine
        self._lock = Lock()
        document = document_of(said)
        with engine.bench() as bench:
            set_json(bench.case, document)
        self._said: Dict[str, Json] = dict(_flat(json.loads(document.text), engine.index.said, ""))

    def set(self, name: str, value: Value) -> None:
        """Says what a fact is or when an event happens: `case.set("order.issuer", "judge")`.

        A datetime has a zone. `None` says that it is unknown; `False` of an event, that it has not happened.
        """
        said = to_json(value, "/" + name.replace(".", "/"))
        self._engine.value(name, said)
        with self._lock:
            self._said[name] = said

    def unset(self, name: str) -> None:
        """Says nothing any more of a fact or event."""
        self._engine.said(name)
        with self._lock:
            self._said.pop(name, None)

    def clear(self) -> None:
        """Says nothing any more at all."""
        with self._lock:
            self._said.clear()

    def to_dict(self) -> Dict[str, Json]:
        """The case as nested dict, in the forms of the case JSON."""
        with self._lock:
            said = dict(self._said)
        return nested(said)

    def said(self) -> Dict[str, Value]:
        """All that is said, by name, as the engine reads it: facts, then events, each in the order of the pack."""
        with self._lock:
            said = dict(self._said)
        return {name: self._engine.python_value(name, said[name]) for name in self._engine.index.said if name in said}

    def __repr__(self) -> str:
        return f"Case({self.to_dict()!r})"


def document_of(said: Union[CaseDict, str, bytes, Case]) -> Document:
    """A case, for the engine. Text is passed on as it is: the engine refuses what is not JSON."""
    if isinstance(said, Case):
        return Document(dumped(said.to_dict()))
    if isinstance(said, str):
        return Document(encode(said), written=True)
    if isinstance(said, bytes):
        return Document(said, written=True)
    return Document(dumped(to_json(said)))


def _flat(document: Mapping[str, Any], names: Mapping[str, Any], path: str) -> Iterator[Tuple[str, Json]]:
    """A case that the engine took, by full names."""
    for key, value in document.items():
        name = f"{path}.{key}" if path else key
        if name in names:
            yield name, value
        else:
            yield from _flat(value, names, name)
