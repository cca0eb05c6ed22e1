"""The contents of a container's image: the files of every layer, and what the image says of itself.

A file that a later layer deletes is in the image all the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check import names
from notion_lsp.check.content import Content, Source
from notion_lsp.check.content.sieve import Sieve
from notion_lsp.explain.layer import Layer
from notion_lsp.files import image_archive
from notion_lsp.files.image_archive import ERRORS, ImageError, Layers
from notion_lsp.files.read_write import LARGEST, Unreadable
from notion_lsp.json_text import value_in
from notion_lsp.project import archives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from notion_lsp.check.content import ProjectOf
    from notion_lsp.files.image_archive import Member

    Object = Mapping[str, object]
    _Place = tuple[str, str]
    _Sift = Callable[
        [Iterable[tuple[Content, _Place | None]]], Iterator[tuple[Content, _Place | None]]
    ]

_SHORT = 12  # digits of a digest, as docker shows it
_DOCUMENTS = 64 << 20  # bytes of all documents of an image
_MOST_KEPT = 64 << 20  # bytes of contents that are read a second time
_HEAD = 8  # bytes that tell an archive
_SMALLEST = 1024  # bytes of an archive: two blocks of zeros end it
_WHITEOUT, _OPAQUE = ".wh.", ".wh..wh..opq"
_NO_IMAGE = "it is no image; docker save writes one, and so does skopeo copy"
_BROKEN = "it is cut off, or no archive"
_NOT_THERE = "the image names it, and the archive has none that can be read"
_TOO_MUCH = "it says more of itself than an image does"
# Of a config, what is written as lines of its own, and what older dockers say once more.
_APART = frozenset({"Env", "Labels", "config", "history", "rootfs", "container_config"})
_OF_A_STEP = ("created_by", "author", "comment")


class _Manifest(NamedTuple):
    """The parts of an image: its layers, the lowest first, and what says how they were made."""

    layers: Sequence[str]
    said_in: str
    config: Object


@dataclass
class Image:
    """An image, as far as it has been read; `path` is what the paths of its contents begin with.

    `documents` are its parts that are JSON, `deleted` what each layer takes away, by the names of
    these parts, and `others` its parts that lead elsewhere or are empty. `places` has the layers
    and the names of the files that may hold a token. `archives` are files that hold others. `kept`
    are contents to look into again: most images have a few that may hold a token.
    """

    path: Path
    documents: dict[str, bytes] = field(default_factory=dict)
    deleted: dict[str, set[str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    places: dict[Path, _Place] = field(default_factory=dict)
    names: list[Path] = field(default_factory=list)
    archives: set[Path] = field(default_factory=set)
    kept: list[Content] = field(default_factory=list)
    _room: int = _MOST_KEPT

    def source(self, parts: Iterable[Member], project_of: ProjectOf) -> Source:
        """Return the source of all that the image has."""
        contents = partial(self._contents, parts, project_of)
        return Source(contents, self.names, self.archives, lambda: self.kept)

    def layer_of(self, path: Path) -> Layer | None:
        """Return the layer of a path, `None` for what is in none, once all has been read."""
        if path not in self.places:
            return None
        part, name = self.places[path]
        for manifest in self._manifests():
            if part in manifest.layers:
                return _layer(manifest, part, self._deleted_in(manifest, part, name))
        return Layer(_digest(part))

    def _contents(self, parts: Iterable[Member], project_of: ProjectOf) -> Iterator[Content]:
        layers = Layers()
        try:
            # A pattern of the settings may match anything: then nothing is left unread.
            sift = iter if project_of(self.path).patterns else Sieve(self.path.parent).sifted
            for member in parts:
                yield from self._part(layers, member, sift)
            if not any(self._manifests()):
                raise ImageError(_NO_IMAGE)
            yield from self._not_looked_into()
        except ERRORS as error:
            yield _unread(self.path, error)
        yield from self._said()

    def _part(self, layers: Layers, member: Member, sift: _Sift) -> Iterator[Content]:
        if image_archive.is_document(member):
            self.documents[member.name] = member.file.read()
            if sum(map(len, self.documents.values())) > _DOCUMENTS:
                raise ImageError(_TOO_MUCH)
        elif member.size >= _SMALLEST or image_archive.is_packed(member):
            for content, place in sift(self._files(layers, member)):
                if place:
                    self.places[content.path] = place
                self._keep(content)
                yield content
        elif member.is_link or not member.size:
            self.others.add(member.name)

    def _files(self, layers: Layers, layer: Member) -> Iterator[tuple[Content, _Place | None]]:
        gone = self.deleted.setdefault(layer.name, set())
        try:
            for file in layers.files(layer):
                place = PurePosixPath(_clean(file.name))
                if place.name.startswith(_WHITEOUT):
                    gone.add(_deleted(place))
                    continue
                path = self._path(f"{_short(layer.name)}:", *place.parts)
                if names.may_hold_a_token(place):
                    self.names.append(path)
                    self.places[path] = layer.name, file.name
                if _is_archive(file, place):
                    self.archives.add(path)
                data = file.file.read() if file.size <= LARGEST else lambda file=file: file.file
                yield Content(path, data, in_folder=False), (layer.name, file.name)
        except ERRORS as error:
            yield _unread(self._path(f"layer {_short(layer.name)}"), error), None

    def _keep(self, content: Content) -> None:
        if isinstance(content.data, bytes) and len(content.data) <= self._room:
            self.kept.append(content)
            self._room -= len(content.data)

    def _not_looked_into(self) -> Iterator[Content]:
        named = {layer for each in self._manifests() for layer in each.layers}
        for layer in sorted(named - self.deleted.keys() - self.documents.keys() - self.others):
            yield _unread(self._path(f"layer {_short(layer)}"), ImageError(_NOT_THERE))

    def _said(self) -> Iterator[Content]:
        configs = {each.said_in: each.config for each in self._manifests()}
        for name, data in self.documents.items():
            self.kept.append(document := self._document(name, data, configs.get(name)))
            yield document

    def _document(self, name: str, data: bytes, config: Object | None) -> Content:
        path, text = self._path(*PurePosixPath(_clean(name)).parts), data
        if config is not None:
            path = self._path(f"{_short(name)}:", "config")
            text = "\n".join(_lines(config)).encode(errors="replace")
        self.places[path] = name, ""
        return Content(path, text, in_folder=False)

    def _path(self, *parts: str) -> Path:
        return self.path.with_name(f"{self.path.name}!").joinpath(*parts)

    def _manifests(self) -> Iterator[_Manifest]:
        for name, data in self.documents.items():
            found = value_in(data)
            # docker's list names files, the manifest of the Open Container Initiative digests.
            for each in found if name == "manifest.json" and isinstance(found, list) else [found]:
                yield from self._manifest(each)

    def _manifest(self, found: object) -> Iterator[_Manifest]:
        if not isinstance(found, Mapping):
            return
        layers = found.get("Layers", found.get("layers"))
        said_in = _file(found.get("Config", found.get("config")))
        config = value_in(self.documents.get(said_in, b""))
        if isinstance(layers, list) and isinstance(config, Mapping):
            yield _Manifest([_file(layer) for layer in layers], said_in, config)

    def _deleted_in(self, manifest: _Manifest, part: str, name: str) -> str:
        place = PurePosixPath(_clean(name))
        above = [str(each) for each in place.parents]
        ways = {str(place), *above, *(f"{each}/" for each in above)}
        later = manifest.layers[manifest.layers.index(part) + 1 :]
        return next((_digest(each) for each in later if ways & self.deleted.get(each, set())), "")


def _unread(path: Path, error: Exception) -> Content:
    reason = str(error) if isinstance(error, ImageError) else _BROKEN
    return Content(path, Unreadable(path, reason), named=True)


def _clean(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in {"", ".", ".."})


def _deleted(whiteout: PurePosixPath) -> str:
    # A name with a slash stands for all that lower layers have in the folder.
    if whiteout.name == _OPAQUE:
        return f"{whiteout.parent}/"
    return str(whiteout.with_name(whiteout.name.removeprefix(_WHITEOUT)))


def _file(reference: object) -> str:
    # A name, or a digest such as `sha256:…`, which is a file below `blobs`.
    digest = reference.get("digest") if isinstance(reference, Mapping) else None
    return (
        f"blobs/{digest.replace(':', '/', 1)}"
        if isinstance(digest, str)
        else _clean(str(reference))
    )


def _digest(part: str) -> str:
    # blobs/sha256/DIGEST, ID/layer.tar or DIGEST.tar
    place = PurePosixPath(part)
    return place.parent.name if place.name == "layer.tar" else place.name.partition(".")[0]


def _short(part: str) -> str:
    return _digest(part)[:_SHORT]


def _layer(manifest: _Manifest, part: str, deleted_in: str) -> Layer:
    number = manifest.layers.index(part)
    root = manifest.config.get("rootfs")
    unpacked = root.get("diff_ids") if isinstance(root, Mapping) else None
    made = [each for each in _history(manifest.config) if not each.get("empty_layer")]
    command = str(made[number].get("created_by") or "") if number < len(made) else ""
    return Layer(_digest(part), _nth(unpacked, number), command, deleted_in)


def _nth(found: object, number: int) -> str:
    return str(found[number]) if isinstance(found, list) and number < len(found) else ""


def _history(config: Object) -> list[Object]:
    found = config.get("history")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _lines(config: Object) -> Iterator[str]:
    """Yield what a config says as lines of a Dockerfile."""
    inner = config.get("config")
    said = inner if isinstance(inner, Mapping) else {}
    variables = said.get("Env")
    yield from (f"ENV {each}" for each in (variables if isinstance(variables, list) else ()))
    labels = said.get("Labels")
    for name, value in labels.items() if isinstance(labels, Mapping) else ():
        yield f"LABEL {name}={value}"
    for name, value in (*said.items(), *config.items()):
        if value and name not in _APART:
            yield f"{name.upper()} {json.dumps(value, ensure_ascii=False)}"
    for step in _history(config):
        yield from (str(step[name]) for name in _OF_A_STEP if step.get(name))


def _is_archive(file: Member, place: PurePosixPath) -> bool:
    # A link has the name of what it leads to, and a folder or a hard link a name alone.
    is_content = bool(file.size) and not file.is_link
    return is_content and (
        archives.is_archive(place) or archives.is_packed(file.file.peek(_HEAD)[:_HEAD])
    )
