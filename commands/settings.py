"""Where the workspace is and where the output goes."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CDKTF_FILE: Final = Path("cdktf.json")


@dataclass(frozen=True, slots=True)
class Settings:
    """What all commands share."""

    workspace: Path

    def shown(self, file: str) -> str:
        """A file of the workspace as seen from the current folder, so that terminals can open it."""
        path = Path(os.path.relpath(self.workspace)) / file
        return path.as_posix()


def find_workspace() -> Path:
    """The workspace when the call names none."""
    named = os.environ.get("AURORAFORM_WORKSPACE")
    return Path(named or _context().get("workspace") or ".")


def find_output() -> Path:
    """The output folder when the call names none: CDKTF's own variable, else its default."""
    return Path(os.environ.get("CDKTF_OUTDIR") or "cdktf.out")


def _context() -> dict[str, str]:
    """CDKTF's context: handed over by its command line, else read from cdktf.json in the current folder."""
    handed = os.environ.get("CDKTF_CONTEXT_JSON")
    try:
        document = json.loads(handed or _CDKTF_FILE.read_text(encoding="utf-8"))
        context = document if handed else document.get("context")
    except (OSError, ValueError, AttributeError):
        return {}
    return {k: v for k, v in context.items() if isinstance(v, str)} if isinstance(context, dict) else {}
