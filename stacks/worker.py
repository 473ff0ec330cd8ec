"""A process that builds units for the one that started it; `processes` knows how.

It reads batches of units from its standard input and answers each on its standard output, both pickled: first what
kept it from starting, if anything, then what became of each batch. It ends with its input.
"""

import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import BinaryIO


def main() -> None:
    """Serve until there is nothing more to read."""
    if len(sys.argv) > 1 and sys.platform == "linux":
        with suppress(OSError):
            os.sched_setaffinity(0, {int(sys.argv[1])})
    answers = os.fdopen(os.dup(1), "wb")
    # What Node or a library prints must not come between the answers.
    os.dup2(2, 1)
    # An end in order, which takes Node and its folders along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        from auroraform.stacks.building import build  # noqa: PLC0415 - fails where Node cannot be started
    except (ValueError, OSError) as error:
        _answer(answers, str(error))
        return
    _answer(answers, "")
    while True:
        try:
            units = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        _answer(answers, build(units))


def _answer(answers: BinaryIO, value: object) -> None:
    pickle.dump(value, answers)
    answers.flush()


if __name__ == "__main__":
    main()
