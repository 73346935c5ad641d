"""Mails as programs and people send them. Python's email package where it does what they do, bytes by hand where it will not."""
import base64
import email
import email.policy
import io
import random
import struct
import zipfile
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

docx_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
types = {"docx": docx_type, "xlsx": xlsx_type, "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "zip": "application/zip",
         "doc": "application/msword", "pdf": "application/pdf", "docm": "application/vnd.ms-word.document.macroEnabled.12",
         "eml": "message/rfc822"}


def type_of(name):
    return types.get(name.rsplit(".", 1)[-1], "application/octet-stream")


def word(text, charset="utf-8", how="B"):
    """An encoded word of RFC 2047."""
    coded = text.encode(charset)
    if how == "B":
        return f"=?{charset}?B?{base64.b64encode(coded).decode()}?="
    return f"=?{charset}?Q?{''.join(f'={byte:02X}' for byte in coded)}?="


def words_cut(text, charset, every):
    """Encoded words cut wherever the count says, within a character too."""
    coded = text.encode(charset)
    pieces = [coded[at:at + every] for at in range(0, len(coded), every)]
    return "\r\n ".join(f"=?{charset}?B?{base64.b64encode(piece).decode()}?=" for piece in pieces)


def lines_of(coded):
    return base64.encodebytes(coded).replace(b"\n", b"\r\n")


def part(headers, coded, encoding="base64"):
    """A part by hand; `headers` may be bytes of any charset."""
    head = headers if isinstance(headers, bytes) else headers.encode()
    body = lines_of(coded) if encoding == "base64" else coded
    return head + f"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def multipart(parts, kind="mixed", boundary="----=_Part_0"):
    edge = f"--{boundary}".encode()
    inside = b"".join(edge + b"\r\n" + one.rstrip(b"\r\n") + b"\r\n" for one in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + inside + edge + b"--\r\n"


def file_part(name, coded, disposition=None):
    ascii_name = disposition or f'filename="{word(name)}"'
    return part(f'Content-Type: {type_of(name)}; name="{word(name)}"\r\nContent-Disposition: attachment; {ascii_name}', coded)


def raw(sender, subject, body, more=b""):
    """A whole mail by hand; `sender` and `subject` as they stand in the header."""
    def bytes_of(text):
        return text if isinstance(text, bytes) else text.encode()
    return (b"From: " + bytes_of(sender) + b"\r\nTo: <station@example.org>\r\nSubject: " + bytes_of(subject) +
            b"\r\nDate: Fri, 27 Oct 2023 09:12:00 +0800\r\n" + bytes_of(more) + b"MIME-Version: 1.0\r\n" + body)


def text_part(text, charset="utf-8", kind="plain", encoding="base64"):
    return part(f"Content-Type: text/{kind}; charset={charset}", text.encode(charset), encoding)


def mail(name, sender, subject, text, files=(), html=None, inline=(), headers=()):
    """By Python's email package; `files` are (name, bytes), `inline` (content id, bytes)."""
    random.seed(name)
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = sender
    message["To"] = "station@example.org"
    message["Subject"] = subject
    message["Date"] = "Fri, 27 Oct 2023 09:12:00 +0800"
    message["Message-ID"] = f"<{name}@village.example>"
    for key, value in headers:
        message[key] = value
    message.set_content(text, cte="base64")
    if html:
        message.add_alternative(html, subtype="html", cte="base64")
        for identity, coded in inline:
            message.get_payload()[-1].add_related(coded, "image", "gif" if coded.startswith(b"GIF") else "jpeg", cid=f"<{identity}>")
    for file, coded in files:
        main, sub = type_of(file).split("/")
        message.add_attachment(coded, main, sub, filename=file)
    return message.as_bytes()


def mail_around(name, sender, subject, text, inner):
    """A letter that carries whole letters as message/rfc822."""
    random.seed(name)
    outer = MIMEMultipart()
    outer["From"], outer["To"], outer["Subject"] = sender, "station@example.org", subject
    outer["Date"] = "Fri, 27 Oct 2023 10:00:00 +0800"
    outer["Message-ID"] = f"<{name}@village.example>"
    outer.attach(MIMEText(text, "plain", "utf-8"))
    for one in inner:
        outer.attach(MIMEMessage(email.message_from_bytes(one)))
    return outer.as_bytes(policy=email.policy.compat32.clone(linesep="\r\n"))


def zipped(files, charset="utf-8"):
    """A ZIP whose names stand in `charset`; in another than UTF-8 unmarked, as Windows writes them in China."""
    names = {}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, coded) in enumerate(files):
            coded_name = name.encode(charset)
            stand_in = name if charset == "utf-8" else f"{number:x}".rjust(len(coded_name), "_")
            names[stand_in.encode()] = coded_name
            archive.writestr(zipfile.ZipInfo(stand_in, (2023, 10, 27, 9, 0, 0)), coded, zipfile.ZIP_DEFLATED)
    whole = into.getvalue()
    if charset != "utf-8":
        for stand_in, coded_name in names.items():
            whole = whole.replace(stand_in, coded_name)
    return whole


def winmail(files):
    """The TNEF that Outlook sends: attachments with long names as MAPI properties."""
    def attribute(level, kind, coded):
        return struct.pack("<BII", level, kind, len(coded)) + coded + struct.pack("<H", sum(coded) & 0xFFFF)

    def unicode_property(identity, text):
        coded = text.encode("utf-16-le") + b"\0\0"
        return struct.pack("<HHII", 0x1F, identity, 1, len(coded)) + coded + b"\0" * (-len(coded) % 4)

    whole = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    for name, coded in files:
        whole += attribute(2, 0x00069002, b"\x01\0" + b"\0" * 12)
        whole += attribute(2, 0x00018010, name.encode("gbk")[:8] + b"\0")
        whole += attribute(2, 0x0006800F, coded)
        whole += attribute(2, 0x00069005, struct.pack("<I", 1) + unicode_property(0x3707, name))
    return whole
