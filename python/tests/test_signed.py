"""Signed packs: what Python itself refuses. What the library says of signatures is tested in `tests/hosts/signed`."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List

from exequatur import Pack, PackError, PublicKey, SignatureError, UsageError, can_verify

from .support import NOW, TREE, Test, sample

PEM = (TREE / "tests/sign/maker.pub.pem").read_text(encoding="utf-8")


def asked(**more: Any) -> Any:
    """What is trusted; `more` replaces some of it."""
    return {"key": PEM, "name": "tco", "serial_at_least": 0, "now": NOW, **more}


class Signed(Test):
    def test_a_key_is_one_in_pem_and_as_bytes(self) -> None:
        self.assertTrue(can_verify())
        key = PublicKey.from_pem(PEM)
        self.assertEqual(key.raw.hex(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        for same in (key, PEM, key.raw, bytearray(key.raw)):
            with self.assertRaises(SignatureError) as caught:
                Pack.from_signed_bytes(sample().to_bytes(), b"none", **asked(key=same))
            self.assertEqual(caught.exception.status, "EXQ_E_SIGNATURE")

    def test_what_means_nothing_is_refused(self) -> None:
        wrong: List[Dict[str, Any]] = [
            {"key": b"short"},
            {"key": "no PEM"},
            {"key": bytes(32)},
            {"name": ""},
            {"name": "T CO"},
            {"serial_at_least": -1},
            {"serial_at_least": 1 << 64},
        ]
        for more in wrong:
            with self.assertRaises(UsageError, msg=str(more)):
                Pack.from_signed_bytes(sample().to_bytes(), bytes(168), **asked(**more))
        with self.assertRaises(ValueError):
            Pack.from_signed_bytes(sample().to_bytes(), bytes(168), **asked(now=datetime(2026, 1, 1)))

    def test_files_that_are_not_there(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rules.exqp")
            with self.assertRaises(PackError) as caught:
                Pack.load_signed(path, **asked())
            self.assertEqual((caught.exception.status, caught.exception.place), ("EXQ_E_FILE", str(path)))
            path.write_bytes(sample().to_bytes())
            with self.assertRaises(PackError) as caught:
                Pack.load_signed(path, **asked())
            self.assertEqual(caught.exception.place, f"{path}.sig")
            Path(f"{path}.sig").write_bytes(bytes(168))
            with self.assertRaises(SignatureError):
                Pack.load_signed(str(path), **asked())

    def test_a_pack_without_signature_says_so(self) -> None:
        self.assertIsNone(sample().signed)
