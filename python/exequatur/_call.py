"""Calls into the library: statuses become exceptions, borrowed text becomes `str`, handles free themselves.

Invariant: every status is looked at, every error object is freed, and no pointer outlives what owns it. A handle is
freed once, when nothing refers to it any more, so that a call that runs in another thread keeps it alive; at the end of
the interpreter nothing is freed, for a daemon thread may still be inside the library.
"""

from __future__ import annotations

import weakref
from ctypes import (
    Array,
    byref,
    c_char,
    c_char_p,
    c_int32,
    c_int64,
    c_size_t,
    c_uint32,
    c_void_p,
    cast,
    create_string_buffer,
    string_at,
)
from typing import Any, Callable, Tuple, Type

from . import _abi
from ._library import library
from .errors import CLASSES, EngineError, ExequaturError, Finding

Native = Any
"""A function of the library, or a pointer that it gave."""


def text(value: _abi.Str) -> str:
    """A copy of borrowed text."""
    return string_at(value.ptr, value.len).decode("utf-8") if value.len else ""


def lent(data: bytes) -> _abi.Str:
    """Text as a struct lends it to the library; the bytes must be kept until the call is over."""
    return _abi.Str(cast(c_char_p(data), c_void_p), len(data))


def _raised(status: int, error: Native) -> ExequaturError:
    """The exception for a status; takes the error object and frees it."""
    name = str(library.exq_status_name(status).decode("ascii"))
    message, place = f"the library gave {name} and said no more", ""
    findings = []
    if error:
        try:
            message = library.exq_error_message(error).decode("utf-8") or message
            place = library.exq_error_place(error).decode("utf-8")
            for index in range(library.exq_error_finding_count(error)):
                row = _abi.Finding()
                if library.exq_error_finding(error, index, byref(row)) == _abi.OK:
                    findings.append(
                        Finding(text(row.code), text(row.message), text(row.file), int(row.line), int(row.column))
                    )
        finally:
            library.exq_error_free(error)
    kind = CLASSES.get(status, EngineError)
    return kind(message, code=status, status=name, place=place, findings=tuple(findings))


def call(function: Native, *arguments: Any) -> None:
    """Calls a function that can fail; the error's out-parameter, which comes last, is added here."""
    error = _abi.ErrorP()
    status = function(*arguments, byref(error))
    if status != _abi.OK:
        raise _raised(status, error)


def number(function: Native, *arguments: Any) -> int:
    """The `uint32_t` that a function gives."""
    out = c_uint32()
    call(function, *arguments, byref(out))
    return int(out.value)


def signed(function: Native, *arguments: Any) -> int:
    """The `int32_t` that a function gives."""
    out = c_int32()
    call(function, *arguments, byref(out))
    return int(out.value)


def long(function: Native, *arguments: Any) -> int:
    """The `int64_t` that a function gives."""
    out = c_int64()
    call(function, *arguments, byref(out))
    return int(out.value)


def borrowed(function: Native, *arguments: Any) -> str:
    """The text that a function lends."""
    out = _abi.Str()
    call(function, *arguments, byref(out))
    return text(out)


def record(kind: Type[Any], function: Native, *arguments: Any) -> Any:
    """The struct that a function fills."""
    out = kind()
    call(function, *arguments, byref(out))
    return out


def digest(function: Native, *arguments: Any) -> str:
    """The digest that a function gives, in hexadecimal digits."""
    return bytes(record(_abi.Digest, function, *arguments).bytes).hex()


def written(function: Native, *arguments: Any) -> str:
    """The text that a function writes into a caller's buffer."""
    needed = c_size_t()
    call(function, *arguments, None, 0, byref(needed))
    buffer: Array[c_char] = create_string_buffer(needed.value)
    call(function, *arguments, buffer, needed.value, byref(needed))
    return buffer.raw[: needed.value - 1].decode("utf-8")


def rows(kind: Type[Any], function: Native, *arguments: Any) -> Tuple[Any, ...]:
    """The structs that a function writes into a caller's array."""
    count = c_size_t()
    call(function, *arguments, None, 0, byref(count))
    if not count.value:
        return ()
    array = (kind * count.value)()
    call(function, *arguments, array, count.value, byref(count))
    return tuple(array[: count.value])


class Handle:
    """A pointer that the library gave, freed with the last reference to this object."""

    __slots__ = ("pointer", "_finalizer", "__weakref__")

    def __init__(self, pointer: Native, free: Callable[[Native], None]) -> None:
        self.pointer = pointer
        self._finalizer = weakref.finalize(self, free, pointer)
        self._finalizer.atexit = False


def made(pointer: Native, free: Callable[[Native], None], function: Native, *arguments: Any) -> Handle:
    """The handle that a function makes, given through the last out-parameter before the error."""
    out = pointer()
    call(function, *arguments, byref(out))
    return Handle(out, free)


def version() -> str:
    """The version of the engine."""
    return str(library.exq_version().decode("ascii"))


def can_verify() -> bool:
    """True if the library verifies signatures, so that `Pack.load_signed` works."""
    return bool(library.exq_features() & _abi.FEATURE_SIGN)


def can_compile() -> bool:
    """True if the library has the compiler, so that `Pack.compile` works."""
    return bool(library.exq_features() & _abi.FEATURE_COMPILER)
