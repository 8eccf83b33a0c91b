"""What can go wrong, as exceptions: the code and place of the C error, and what Python programs already catch.

Invariant: no error is swallowed, and none gives an answer. A program that asked whether it may disclose and got an
exception was not told that it may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Optional, Tuple, Type

from . import _abi


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with rule source."""

    code: str
    message: str
    file: str
    line: int
    column: int

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        return f"{where}{self.code}: {self.message}"


class ExequaturError(Exception):
    """Any error of this package.

    `code` is the number of the C status (0 where Python found the error before the library was asked), `status` its name,
    `place` where it is (a JSON pointer into a case, the name of an argument, a file), `findings` what is wrong with
    rule source, and `row` the row of `decide_many` that was refused.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int = 0,
        status: str = "",
        place: str = "",
        findings: Tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.place = place
        self.findings = findings
        self.row: Optional[int] = None

    def __str__(self) -> str:
        return self.message


class LibraryError(ExequaturError, ImportError):
    """`libexequatur` was not found, or is not the one that this package was made for."""


class PackError(ExequaturError):
    """A pack cannot be read: the file is not there, its bytes are not a whole pack."""


class SchemaError(PackError):
    """The pack has another vocabulary than the one that the program was written for."""


class SignatureError(PackError):
    """The signature of a pack is refused: it is none, by another key, altered, of another pack, too old, or expired.

    `status` says which. The pack that the program has is the one to go on with.
    """


class SourceError(ExequaturError, ValueError):
    """Rule source does not compile. The message shows everything that is wrong with it, `findings` has it as data."""


class CaseError(ExequaturError, ValueError):
    """A case, or a value for it, was refused; `place` says where. Nothing of it was kept."""


class LimitError(ExequaturError, ValueError):
    """An input is longer than its limit."""


class UnknownName(ExequaturError, LookupError):
    """The pack has nothing of that name; the message has the nearest one."""


class UsageError(ExequaturError, ValueError):
    """A call that means nothing: a closed pack, a case of another pack."""


class UnsupportedError(ExequaturError, NotImplementedError):
    """This library was built without what was asked for."""


class EngineError(ExequaturError, RuntimeError):
    """The engine failed, or has no memory left. It decided nothing."""


CLASSES: Dict[int, Type[ExequaturError]] = {
    _abi.E_NULL: UsageError,
    _abi.E_HANDLE: UsageError,
    _abi.E_BUSY: UsageError,
    _abi.E_ARGUMENT: UsageError,
    _abi.E_ID: UnknownName,
    _abi.E_NAME: UnknownName,
    _abi.E_UTF8: CaseError,
    _abi.E_TYPE: CaseError,
    _abi.E_VALUE: CaseError,
    _abi.E_JSON: CaseError,
    _abi.E_PACK: PackError,
    _abi.E_SOURCE: SourceError,
    _abi.E_FILE: PackError,
    _abi.E_OTHER_PACK: UsageError,
    _abi.E_NOT_DECIDED: UsageError,
    _abi.E_BUFFER: EngineError,
    _abi.E_LENGTH: LimitError,
    _abi.E_SCHEMA: SchemaError,
    _abi.E_UNSUPPORTED: UnsupportedError,
    _abi.E_MEMORY: EngineError,
    _abi.E_PANIC: EngineError,
    _abi.E_SIGNATURE: SignatureError,
    _abi.E_KEY: SignatureError,
    _abi.E_FORGED: SignatureError,
    _abi.E_SWAPPED: SignatureError,
    _abi.E_ROLLED_BACK: SignatureError,
    _abi.E_EXPIRED: SignatureError,
}
