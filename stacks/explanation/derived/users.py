"""Users inside the database."""

from collections.abc import Iterator

from auroraform.schemas.engines import ENGINES
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole
from auroraform.stacks.layout import script_path
from auroraform.stacks.scripts import has_script


def application_users(subject: Subject, whole: Whole) -> Iterator[Row]:
    place = subject.place("applicationUsers")
    for written, user in zip(whole.spec.application_users or (), whole.cluster.application_users, strict=True):
        path = f"applicationUsers.{user.name}"
        if not written.databases:
            yield derived(f"{path}.databases", [*user.databases], "databaseName", subject.place("databaseName"))
        if user.schemas and not written.schemas:
            title = ENGINES[whole.spec.engine].title
            yield derived(f"{path}.schemas", [*user.schemas], f"the usual schema of {title}", subject.place("engine"))
        yield derived(f"{path}.policyName", user.policy_name, "from clusterIdentifier, the Region and the name", place)
    if has_script(whole.cluster):
        script = script_path(subject.stack.name, whole.cluster.name)
        yield derived("applicationUsers.script", script, "makes the users, once it is run", place)
