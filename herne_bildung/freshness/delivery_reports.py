"""Reports of mail servers about mails that did not arrive (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message

MESSAGE_ID = re.compile(r"<outbox-(\d{1,18})-(\d{1,18})@[^<>@\s]+>")
# A refusal that is about our server ("relaying denied", "blocked"), not the address.
ABOUT_US = re.compile(r"\b5\.7\.\d")
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")


class Unreadable(Exception):
    """The text is no report of a mail server."""


@dataclass(frozen=True)
class DeliveryReport:
    """What a report says: of which mail (`mail_id` and the second it was written, None
    when unknown), of which addresses, and whether it has failed for good.
    """

    is_permanent: bool
    reason: str
    addresses: tuple[str, ...]
    mail_id: int | None = None
    written_at: int | None = None


def read(raw: bytes) -> DeliveryReport:
    """Read a report; Unreadable for anything else."""
    message = message_from_bytes(raw, policy=policy.compat32)
    blocks = [
        block
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in _messages(part)
    ]
    about = [block for block in blocks if block["Final-Recipient"] or block["Action"]]
    if message.get_content_type() != "multipart/report" or not about:
        raise Unreadable
    failed = [block for block in about if _is_permanent(block)]
    chosen = failed or about
    mail_id, written_at = _mail_of(message)
    return DeliveryReport(
        is_permanent=bool(failed),
        reason=_reason(chosen[0]),
        addresses=tuple(
            dict.fromkeys(
                address
                for block in chosen
                for name in ("Original-Recipient", "Final-Recipient")
                if (address := _address(block[name]))
            )
        ),
        mail_id=mail_id,
        written_at=written_at,
    )


def _messages(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        if isinstance(block, Message):
            yield block


def is_about_us(said: str) -> bool:
    """Whether a refusal, in the session or in a report, says nothing of the address."""
    return bool(ABOUT_US.search(said))


def _is_permanent(block: Message) -> bool:
    """Failed for good: neither delayed nor a temporary trouble, nor one with us."""
    said = str(block["Status"] or "")
    status = STATUS.search(said)
    action = str(block["Action"] or "").strip().lower()
    if is_about_us(f"{said} {block['Diagnostic-Code'] or ''}"):
        return False
    return action == "failed" and (status is None or status[1] == "5")


def _reason(block: Message) -> str:
    said = block["Diagnostic-Code"] or block["Status"] or block["Action"] or ""
    return " ".join(str(said).split())[:300]


def _address(value: str | None) -> str:
    """Of "rfc822; someone@example.org"."""
    address = str(value or "").partition(";")[2].strip().strip("<>").lower()
    return address if "@" in address and len(address) <= 254 else ""


def _mail_of(report: Message) -> tuple[int | None, int | None]:
    """The row of the outbox that the report is about, from its Message-ID."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            originals = list(_messages(part))
        elif part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True) or b""
            originals = [message_from_string(payload.decode("utf-8", "replace"))]
        else:
            continue
        for original in originals:
            if found := MESSAGE_ID.search(str(original["Message-ID"] or "")):
                return int(found[1]), int(found[2])
    return None, None
