"""An image of a container, read in one pass from a file, a pipe or a folder; nothing is extracted.

Two forms hold layers, which are archives in the archive, and documents of JSON about them: what
`docker save` writes, and the layout of the Open Container Initiative. Their parts come in any
order. Sources: github.com/moby/docker-image-spec and github.com/opencontainers/image-spec.
"""

from __future__ import annotations

import gzip
import io
import os
import posixpath
import tarfile
import zlib
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from notion_lsp.files import read_write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    class _Readable(Protocol):
        def read(self, size: int, /) -> bytes: ...


_MARK = "oci-layout"
# A layer of so many bytes, or one that grows so much, would be read for hours: it is a bomb.
_MOST = 64 << 30
_RATIO = 1000
_SMALL = 1 << 20  # packed bytes below which the ratio says nothing
_FILES = 10**6  # of an image
_BLOCK, _PIECE = 2**18, 2**14  # bytes that are read at once, of what may be cut off
_DOCUMENT = 8 << 20  # the most bytes of JSON
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"

# What a broken or hostile archive raises.
ERRORS = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, OverflowError)


class ImageError(ValueError):
    """An archive, or a layer, that is read no further; the reason ends a sentence."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file: of the image, or of the layer of a name. `file` is read before the next.

    The content of a link is the path that it leads to.
    """

    name: str
    size: int
    file: io.BufferedReader
    is_link: bool = False


def packed(stream: BinaryIO) -> Iterator[Member]:
    """Yield the files of an archive itself, compressed or not: layers, and documents of JSON."""
    file = _reader(stream, _BLOCK)
    # `tarfile` knows the other ways to compress one.
    is_zstd = file.peek(len(_ZSTD)).startswith(_ZSTD)
    plain = cast("BinaryIO", _zstd(_Counted(file)) if is_zstd else file)
    with tarfile.open(fileobj=plain, mode="r|*", bufsize=_BLOCK) as archive:
        for entry in archive:
            yield from _files(archive, entry)


def unpacked(folder: Path) -> Iterator[Member]:
    """Yield those of a folder, as `skopeo copy … oci:FOLDER` makes it; no link is followed."""
    if not read_write.is_file(folder / _MARK):
        message = f"it is a folder without a file {_MARK}"
        raise ImageError(message)
    for above, folders, names in os.walk(folder):
        folders.sort()
        for path in (Path(above, name) for name in sorted(names)):
            opened = path if read_write.is_link(path) else read_write.open_file(path)
            if isinstance(opened, (Path, read_write.Unreadable)):
                continue
            with opened as file:
                size = os.fstat(file.fileno()).st_size
                yield Member(path.relative_to(folder).as_posix(), size, _reader(file, size))


class Layers:
    """The layers of an image; all of them together have so many files."""

    def __init__(self) -> None:
        self._files = 0

    def files(self, layer: Member) -> Iterator[Member]:
        """Yield the files, links and folders of a layer, or raise one of `ERRORS`."""
        stream = cast("BinaryIO", _Unpacked(layer))
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK) as archive:
            for entry in archive:
                self._files += 1
                if self._files > _FILES:
                    message = f"it has more than {_FILES:,} files"
                    raise ImageError(message)
                if entry.issparse():
                    message = f"{entry.name} is a sparse file"
                    raise ImageError(message)
                yield from _files(archive, entry)


def _files(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[Member]:
    # `tar` of a folder has names such as `./index.json`.
    name = posixpath.normpath(entry.name)
    if entry.issym():
        target = os.fsencode(entry.linkname)
        yield Member(name, len(target), _reader(io.BytesIO(target), len(target)), is_link=True)
    # A folder has a name alone, and so has a hard link: what it names stands elsewhere.
    if entry.isdir() or entry.islnk():
        yield Member(name, 0, _reader(io.BytesIO(), 0))
    file = archive.extractfile(entry) if entry.isreg() else None
    if file:
        yield Member(name, entry.size, _reader(file, entry.size))


def _reader(file: _Readable, size: int) -> io.BufferedReader:
    return io.BufferedReader(_Forward(file), min(max(size, 1), _BLOCK))


def is_document(member: Member) -> bool:
    """Whether a file of the archive itself is JSON, by its first byte; a layer is none."""
    head = member.file.peek(1)[:1]
    return head in {b"{", b"["} and member.size <= _DOCUMENT


def is_packed(member: Member) -> bool:
    """Whether a file is compressed as layers are."""
    return member.file.peek(len(_ZSTD)).startswith((_GZIP, _ZSTD))


class _Forward(io.RawIOBase):
    """A file of an archive that is read in one pass; that of `tarfile` does not say so itself."""

    def __init__(self, file: _Readable) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        # Of an archive that is cut off, the last read gives nothing: it is a short one.
        view = memoryview(buffer)[:_PIECE]
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


class _Unpacked:
    """The bytes of a layer, whatever it is packed with, as far as the limits allow."""

    def __init__(self, layer: Member) -> None:
        self._packed = _Counted(layer.file)
        self._stream = _unpacking(layer.file, self._packed)
        self._given = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        data = self._stream.read(size)
        self._given += len(data)
        if self._given > min(_MOST, _RATIO * max(self._packed.taken, _SMALL)):
            message = "it unpacks to more bytes than a layer can have"
            raise ImageError(message)
        return data


class _Counted:
    """A file, and how many of its bytes were taken."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, fewer where the archive is cut off."""
        data = self._file.read1(size)
        self.taken += len(data)
        return data


def _unpacking(file: io.BufferedReader, packed: _Counted) -> _Readable:
    head = file.peek(len(_ZSTD))
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=cast("BinaryIO", packed))
    return _zstd(packed) if head.startswith(_ZSTD) else packed


def _zstd(packed: _Counted) -> _Readable:
    for name, opener in (("compression.zstd", "ZstdFile"), ("zstandard", "open")):
        try:
            found: _Readable = getattr(import_module(name), opener)(packed, "rb")
        except ModuleNotFoundError:
            continue
        return found
    message = 'it is packed with zstd, which needs the extra "notion-lsp[images]"'
    raise ImageError(message)
