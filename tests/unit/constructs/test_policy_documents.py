"""Policy documents as Terraform reads them: JSON, once its templates are evaluated."""

import json

from auroraform.constructs.literals import literal
from auroraform.constructs.policy_documents import allow, document


def test_a_policy_allows_actions_on_resources() -> None:
    assert json.loads(document(allow(("a:B", "a:C"), ("arn:aws:a:::x",)))) == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["a:B", "a:C"], "Resource": ["arn:aws:a:::x"]}],
    }


def test_an_expression_of_ours_in_a_text_stays_one() -> None:
    """A number that CDKTF takes for a reference is broken up by an expression, which has quotation marks."""
    text = literal("arn:aws:kms:eu-west-1:111122223333:key/a-82e297")
    assert text.endswith('a-82${"e"}297')
    assert f'"{text}"' in document(allow(("kms:Decrypt",), (text,)))
