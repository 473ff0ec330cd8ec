"""Users inside the database, for applications and people."""

from typing import Annotated, Literal

from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.scalars import Text
from auroraform.schemas.values import EACH_ONCE, plain

Access = Literal["readonly", "readwrite", "owner"]


class DataApi(Model):
    """Use of the Data API, which logs in with the name and password in a secret: it takes no token of IAM."""

    secret_arn: TextOrReference
    """Secret of AWS Secrets Manager with the user's `username` and `password`; whoever keeps it sets the password."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key of the secret, where it is your own. If absent: the account's key `aws/secretsmanager`."""


class ApplicationUser(Model):
    """A user with no more rights than its access says, in the database and at AWS."""

    name: Annotated[
        Text,
        plain(
            r"[A-Za-z][A-Za-z0-9_]*",
            "is not a name of a database user",
            "use letters, digits and underscores, a letter first",
        ),
    ]
    """Name of the user: letters, digits and underscores, at most 32 (Aurora MySQL) or 63 (Aurora PostgreSQL)."""
    access: Access
    """`readonly` (reads), `readwrite` (reads and changes rows) or `owner` (that, and makes and changes tables)."""
    databases: Annotated[tuple[Text, ...], EACH_ONCE] | None = None
    """Databases that the access is to. If absent: `databaseName`."""
    schemas: Annotated[tuple[Text, ...], EACH_ONCE] | None = None
    """Schemas in each of them (Aurora PostgreSQL); one that is missing is made. If absent: `public`."""
    data_api: DataApi | None = None
    """Through the Data API, with a secret. If absent: the user connects to the database, and logs in with IAM."""
    roles: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Names of IAM roles that may be this user; the policy is attached to them.
    If absent: the policy is made, and its ARN is an output."""
