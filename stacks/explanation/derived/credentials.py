"""The master user's password."""

from collections.abc import Iterator

from auroraform.schemas.references import literal
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def password(subject: Subject, whole: Whole) -> Iterator[Row]:
    password, written = whole.cluster.master_password, whole.spec.password_from
    if password is None or written is None:
        return
    arn, named = password.ssm_parameter_arn, literal(written.ssm_parameter)
    if arn is not None and named not in {None, arn}:
        reason = "from the name, in the account and Region of the environment"
        yield derived("passwordFrom.ssmParameterArn", arn, reason, subject.place("passwordFrom", "ssmParameter"))
    if written.version is None:
        yield derived("passwordFrom.version", password.version, "until somebody raises it")
