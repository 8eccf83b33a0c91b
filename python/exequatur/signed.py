"""Signed packs: whom a program trusts, and what the signature of a pack says.

Invariant: a signature is judged by the library alone, on the bytes that are loaded; a refusal is an exception, and no pack.
"""

from __future__ import annotations

import os
from ctypes import byref
from dataclasses import dataclass
from datetime import datetime
from typing import Optional, Tuple, Union

from . import _abi
from ._call import Handle, lent, made, record
from ._library import library
from .errors import UsageError, PackError
from .values import encode, instant, micros

AnyPath = Union[str, "os.PathLike[str]"]
PACK_BYTES_MAX = 64 << 20


@dataclass(frozen=True)
class PublicKey:
    """The Ed25519 key of a maker of packs."""

    raw: bytes
    """Its 32 bytes."""

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise UsageError(f"a public key has 32 bytes, and these are {len(self.raw)}", place="key")

    @classmethod
    def from_pem(cls, pem: str) -> PublicKey:
        """Reads a key as OpenSSL and `exq sign --new-key` write it."""
        encoded = encode(pem, "pem")
        return cls(bytes(record(_abi.Key, library.exq_key_from_pem, encoded, len(encoded)).bytes))

    @classmethod
    def of(cls, key: AnyKey) -> PublicKey:
        """The key itself, from PEM, or from its bytes."""
        if isinstance(key, PublicKey):
            return key
        return cls.from_pem(key) if isinstance(key, str) else cls(bytes(key))


AnyKey = Union[PublicKey, str, bytes]
"""A public key: a `PublicKey`, PEM as text, or 32 bytes."""


@dataclass(frozen=True)
class Signed:
    """What the signature of a pack says."""

    serial: int
    """To be kept, and given as `serial_at_least` from now on."""
    expires: Optional[datetime]
    """The signature holds until before this instant; `None` if it never expires. A pack that is loaded stays loaded."""


def read(path: AnyPath) -> bytes:
    """The bytes of a file, and no more than a pack may have and one."""
    try:
        with open(path, "rb") as file:
            return file.read(PACK_BYTES_MAX + 1)
    except OSError as error:
        shown = os.fsdecode(path)
        message = f"cannot read `{shown}`: {error.strerror or error}"
        raise PackError(message, code=_abi.E_FILE, status="EXQ_E_FILE", place=shown) from error


def load(
    data: bytes, signature: bytes, key: AnyKey, name: str, serial_at_least: int, now: datetime
) -> Tuple[Handle, Signed]:
    """A pack whose signature is trusted, and what it says."""
    if not 0 <= serial_at_least < 1 << 64:
        raise UsageError(f"a serial is 0 to 2**64 - 1, not {serial_at_least}", place="serial_at_least")
    line, about = encode(name, "name"), _abi.Signed()
    trust = _abi.Trust(
        _abi.Key.from_buffer_copy(PublicKey.of(key).raw), lent(line), serial_at_least, micros(now, "now")
    )

    def call(data: bytes, size: int, signature: bytes, length: int, out: object, error: object) -> int:
        return int(library.exq_pack_load_signed(data, size, signature, length, byref(trust), out, byref(about), error))

    handle = made(_abi.PackP, library.exq_pack_free, call, data, len(data), signature, len(signature))
    expires = None if about.expires == _abi.NEVER else instant(about.expires)
    return handle, Signed(int(about.serial), expires)
