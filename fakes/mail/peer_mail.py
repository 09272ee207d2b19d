"""Python's email package as an independent peer of message.cpp; run by message_peer_test.

peer_mail.py read DIR    for each DIR/*.eml writes DIR/*.said: what Python reads in it
peer_mail.py write DIR   writes mails of its own as DIR/*.eml, and as DIR/*.said what they say

A .said file holds one line `name: value` for each thing said, values in JSON, files as hex.
"""

import email
import email.policy
import json
import pathlib
import sys
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, parsedate_to_datetime


def said(sender, name, to, subject, text, files, message_id, seconds):
    lines = [
        ("from", sender),
        ("from_name", name),
        ("to", to),
        ("subject", subject),
        ("text", text.replace("\r\n", "\n")),
        ("message_id", message_id),
        ("date", str(seconds)),
    ]
    lines += [("file", f"{n} {t} {b.hex()}") for n, t, b in files]
    return "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in lines)


def read(path):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    sender = mail["From"].addresses[0]
    body = mail.get_body(("plain",))
    files = [
        (part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True))
        for part in mail.iter_attachments()
    ]
    return said(
        sender.addr_spec,
        sender.display_name,
        mail["To"].addresses[0].addr_spec,
        str(mail["Subject"]),
        body.get_payload(decode=True).decode(body.get_content_charset()),
        files,
        mail["Message-ID"].strip("<>"),
        int(parsedate_to_datetime(mail["Date"]).timestamp()),
    )


SUBJECT = "組織認証型(OV)サーバー証明書発行手続きのご案内 [www.example.jp]"
NAME = "JPRS 自動返信アドレス"
TEXT = "承認の手続き:\n\nhttps://example.jp/a?b=c\n.\nFrom ここから\n"
FILE = bytes(range(256)) * 3
DATE = "Fri, 20 Nov 2026 10:00:00 +0900"
SECONDS = 1795136400


def old_style(charset):
    """MIMEText and Header, as scripts of the 2000s have it; the body in 7bit ISO-2022-JP."""
    mail = MIMEMultipart()
    mail.attach(MIMEText(TEXT, "plain", charset))
    part = MIMEApplication(FILE, "x-x509-ca-cert")
    part.add_header("Content-Disposition", "attachment", filename=(charset, "", "証明書.crt"))
    mail.attach(part)
    mail["Subject"] = Header(SUBJECT, charset)
    mail["From"] = formataddr((NAME, "info@jprs.jp"), charset)
    return mail.as_bytes


def new_style(cte):
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Subject"] = SUBJECT
    mail["From"] = f"{NAME} <info@jprs.jp>"
    mail.set_content(TEXT, cte=cte)
    mail.add_attachment(FILE, "application", "x-x509-ca-cert", filename="証明書.crt")
    return mail.as_bytes


def finished(as_bytes):
    mail = as_bytes.__self__
    mail["To"] = "admin@example.jp"
    mail["Date"] = DATE
    mail["Message-ID"] = "<1.peer@jprs.jp>"
    return as_bytes()


def write(folder):
    mails = {
        "old-iso2022jp": old_style("iso-2022-jp"),
        "old-utf8": old_style("utf-8"),
        "old-eucjp": old_style("euc-jp"),
        "new-base64": new_style("base64"),
        "new-quoted-printable": new_style("quoted-printable"),
        "new-8bit": new_style("8bit"),
    }
    text = said(
        "info@jprs.jp",
        NAME,
        "admin@example.jp",
        SUBJECT,
        TEXT,
        [("証明書.crt", "application/x-x509-ca-cert", FILE)],
        "1.peer@jprs.jp",
        SECONDS,
    )
    for name, as_bytes in mails.items():
        (folder / f"{name}.eml").write_bytes(finished(as_bytes))
        (folder / f"{name}.said").write_text(text, encoding="utf-8")


def main():
    verb, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if verb == "write":
        write(folder)
    else:
        for path in sorted(folder.glob("*.eml")):
            path.with_suffix(".said").write_text(read(path), encoding="utf-8")


if __name__ == "__main__":
    main()
