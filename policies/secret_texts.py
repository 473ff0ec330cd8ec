"""What looks like a secret: by a known pattern, by its name, or because it is too random to be anything else.

Patterns and entropy are those of the library detect-secrets.
"""

import re
from functools import cache
from typing import Final

_WORDS: Final = "password|passwd|pwd|passphrase|secret|token|api[-_.]?key|private[-_.]?key"
_NAMED: Final = re.compile(rf"(^|[^A-Za-z]|(?<=[a-z])(?=[A-Z]))(?i:{_WORDS})$")
_SHORTEST_NAMED: Final = 6
_HARMLESS: Final = re.compile(
    r"arn:aws[a-z-]*:.*"  # names a thing, and is none
    r"|[A-Za-z]+"  # a word
    r"|(/?[A-Za-z0-9_.-]+/)+[A-Za-z0-9_.-]+"  # a path in Secrets Manager or Parameter Store
)
_DIGEST_NAMES: Final = re.compile(r"commit|revision|sha|digest|checksum|git|version|etag", re.I)
_DIGEST: Final = re.compile(r"[0-9a-f]{7,64}")
_SHORTEST_RANDOM: Final = 20


def secret_in(name: str, text: str, *, names_tell: bool = True) -> str | None:
    """What kind of secret a text looks like; None where it looks like none.

    Args:
        name: what the text is called.
        text: the text.
        names_tell: the name may give it away. Not for parameters: password_encryption is none.
    """
    text = text.strip()
    for detector in _patterns():
        if next(iter(detector.analyze_string(text)), None) is not None:
            return str(detector.secret_type)
    if names_tell and _NAMED.search(name) and len(text) >= _SHORTEST_NAMED and not _HARMLESS.fullmatch(text):
        return "secret by its name"
    if _DIGEST_NAMES.search(name) and _DIGEST.fullmatch(text):
        return None
    return "text too random to be anything else" if _is_random(text) else None


def _is_random(text: str) -> bool:
    if len(text) < _SHORTEST_RANDOM or _HARMLESS.fullmatch(text):
        return False
    quoted = f'"{text}"'
    return any(
        next(iter(detector.analyze_string(quoted)), None) == text
        and detector.calculate_shannon_entropy(text) > detector.entropy_limit
        for detector in _entropies()
    )


# The library costs as much as all other imports of a check together.


@cache
def _patterns():  # type: ignore[no-untyped-def]
    from detect_secrets.plugins import (  # noqa: PLC0415
        aws,
        azure_storage_key,
        basic_auth,
        github_token,
        gitlab_token,
        jwt,
        npm,
        openai,
        private_key,
        pypi_token,
        sendgrid,
        slack,
        stripe,
        twilio,
    )

    return (
        aws.AWSKeyDetector(),
        azure_storage_key.AzureStorageKeyDetector(),
        basic_auth.BasicAuthDetector(),
        github_token.GitHubTokenDetector(),
        gitlab_token.GitLabTokenDetector(),
        jwt.JwtTokenDetector(),
        npm.NpmDetector(),
        openai.OpenAIDetector(),
        private_key.PrivateKeyDetector(),
        pypi_token.PypiTokenDetector(),
        sendgrid.SendGridDetector(),
        slack.SlackDetector(),
        stripe.StripeDetector(),
        twilio.TwilioKeyDetector(),
    )


@cache
def _entropies():  # type: ignore[no-untyped-def]
    from detect_secrets.plugins import high_entropy_strings  # noqa: PLC0415

    return high_entropy_strings.Base64HighEntropyString(), high_entropy_strings.HexHighEntropyString()
