"""A zip's table of contents, judged before anything in it is unpacked."""

import io
import struct
import zipfile
from pathlib import PurePosixPath

from racing.reading.documents.errors import DocumentError

MEMBERS_MAX = 2_000
DIRECTORY_MAX_BYTES = 1 << 20
UNPACKED_MAX_BYTES = 64 << 20
#: Text packs about ten to one; a bomb a thousand to one. Small files may pack as they like.
RATIO_MAX = 150
RATIO_MATTERS_ABOVE = 1 << 20

_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_ZIP64_LOCATOR, _ZIP64_LOCATOR_SIZE = b"PK\x06\x07", 20


def member_names(data: bytes) -> list[str]:
    """Give the names in a zip. Raises DocumentError zip_bomb, zip_slip, encrypted or broken without unpacking anything.

    A member's stated size can be relied on: Python stops unpacking there.
    """
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    # Corrupt fields surface as any of these.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise DocumentError("broken", str(error)) from error
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS_MAX or unpacked > UNPACKED_MAX_BYTES:
        raise DocumentError("zip_bomb")
    if unpacked > RATIO_MATTERS_ABOVE and unpacked > RATIO_MAX * len(data):
        raise DocumentError("zip_bomb")
    if any(_leaves_its_folder(member.filename) for member in members):
        raise DocumentError("zip_slip")
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError("encrypted")
    return [member.filename for member in members]


def _check_directory(data: bytes) -> None:
    """Look at the size of the table of contents before Python reads it: a million entries would fill the memory."""
    at = len(data) - _END.size
    if at < 0 or data[at : at + 4] != _END_SIGNATURE or data[-2:] != b"\0\0":
        at = data.rfind(_END_SIGNATURE, max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or len(data) - at < _END.size:
        raise DocumentError("broken", "no table of contents")
    _, _, _, _, members, size, _, _ = _END.unpack_from(data, at)
    # Zip64 is for what is larger than any report.
    zip64 = data[max(0, at - _ZIP64_LOCATOR_SIZE) : at].startswith(_ZIP64_LOCATOR)
    if zip64 or members > MEMBERS_MAX or size > DIRECTORY_MAX_BYTES:
        raise DocumentError("zip_bomb")


def _leaves_its_folder(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name.split("/")[0]
