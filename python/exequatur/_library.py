"""Where `libexequatur` is, and that it is the one that this package was made for.

A wheel carries it, a checkout has built it, a prefix has it beside the package: it is looked for in this order, then by
the loader's own search. Invariant: a library of another ABI version is refused at import, by name, before any other of
its functions is called. `EXEQUATUR_LIBRARY` names one file and ends the search; it is for developers.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any, Iterator, List

from . import _abi
from .errors import LibraryError

NAME = "libexequatur.so"
SONAME = "libexequatur.so.1"
OVERRIDE = "EXEQUATUR_LIBRARY"


def _beside(package: Path) -> Iterator[Path]:
    """The files that may be it, nearest first."""
    yield package / NAME  # a wheel
    checkout = package.parent.parent
    if (checkout / "Cargo.toml").is_file() and (checkout / "src" / "capi").is_dir():
        for profile in ("release", "debug"):
            yield checkout / "target" / profile / NAME
    # PREFIX/lib/pythonX.Y/site-packages/exequatur stands beside PREFIX/lib/libexequatur.so.1.
    if package.parent.name in ("site-packages", "dist-packages"):
        yield package.parent.parent.parent / SONAME


def _open() -> Any:
    chosen = os.environ.get(OVERRIDE)
    if chosen:
        try:
            return ctypes.CDLL(chosen)
        except OSError as error:
            raise LibraryError(f"`{OVERRIDE}` names no library that can be loaded: {error}") from error
    tried: List[str] = []
    for path in _beside(Path(__file__).resolve().parent):
        tried.append(str(path))
        if path.is_file():
            try:
                return ctypes.CDLL(str(path))
            except OSError as error:
                raise LibraryError(f"`{path}` cannot be loaded: {error}") from error
    try:
        return ctypes.CDLL(SONAME)
    except OSError as error:
        looked = ", ".join(f"`{path}`" for path in tried)
        raise LibraryError(
            f"`{SONAME}` was not found: not at {looked}, nor by the loader ({error}); `pip install ./python` builds it"
        ) from error


def _declared() -> Any:
    library = _open()
    where = library._name
    try:
        library.exq_abi_version.restype = ctypes.c_uint32
        library.exq_abi_version.argtypes = []
        version = library.exq_abi_version()
    except AttributeError as error:
        raise LibraryError(f"`{where}` is not libexequatur: {error}") from error
    if version != _abi.ABI_VERSION:
        raise LibraryError(f"`{where}` has ABI version {version}, this package needs {_abi.ABI_VERSION}")
    try:
        _abi.declare(library)
    except AttributeError as error:
        raise LibraryError(f"`{where}` is older than this package: {error}") from error
    return library


library: Any = _declared()
