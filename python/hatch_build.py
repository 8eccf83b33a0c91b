"""Builds the engine's library and puts it into the wheel.

Invariant: a wheel holds the library of the sources that it was made from, built by `install.sh` as C users get it, and
its tag names the platform: a wheel with a library in it is never `any`. If the sources are not there, nothing is built.
"""

import os
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = "lib/libexequatur.so.1"


class EngineHook(BuildHookInterface):
    def initialize(self, version, build_data):
        if self.target_name != "wheel":
            return
        sources = self.sources()
        self.prefix = tempfile.TemporaryDirectory(prefix="exequatur-")
        prefix = Path(self.prefix.name)
        subprocess.run([os.fspath(sources / "install.sh"), "--prefix", os.fspath(prefix)], check=True)
        if not (prefix / LIBRARY).is_file():
            raise RuntimeError(f"wheels are built on Linux: `install.sh` made no `{LIBRARY}` here")
        if version == "editable":
            return  # the package finds the library where cargo has just put it
        build_data["force_include"][prefix / LIBRARY] = "exequatur/libexequatur.so"
        build_data["force_include"][prefix / "share/doc/exequatur"] = "exequatur/notices"
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"

    def finalize(self, version, build_data, artifact_path):
        if self.target_name == "wheel":
            self.prefix.cleanup()

    def sources(self):
        """The engine's sources: beside this folder in a checkout, below it in a source distribution."""
        here = Path(self.root)
        for folder in (here.parent, here / "engine"):
            if (folder / "install.sh").is_file() and (folder / "src" / "capi").is_dir():
                return folder
        raise RuntimeError(
            f"the engine's sources are neither in `{here.parent}` nor in `{here / 'engine'}`: build in a checkout, with "
            "pip 21.3 or later, which builds where the sources are"
        )
