"""The golden files: what they are called."""

from auroraform.stacks.layout import is_script


def golden_name(path: str) -> str:
    """The name of the golden file for a path in the output folder."""
    _, stack, *_, file = path.split("/")
    return f"{stack}.{file}" if is_script(path) else f"{stack}.tf.json"
