"""`check --image`: what is found in the archives that docker and skopeo write."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

import pytest
import zstandard
from repositories import make_repository, write
from token_factory import access_token

from notion_lsp.cli import main
from notion_lsp.files import image_archive
from notion_lsp.files.image_archive import Layers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Pack = "Callable[[bytes], bytes]"
TOKEN = access_token(41)
CODE = f'key = "{TOKEN}"\n'.encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as made:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
    return written.getvalue()


def blob(data: bytes) -> str:
    return f"blobs/sha256/{hashlib.sha256(data).hexdigest()}"


def layout(layers: list[bytes], config: Mapping[str, object]) -> bytes:
    """Return an image as the Open Container Initiative has it, with the documents last."""
    said = json.dumps(config).encode()
    digests = [{"digest": blob(each).replace("blobs/", "").replace("/", ":")} for each in layers]
    digest = blob(said).replace("blobs/", "").replace("/", ":")
    manifest = json.dumps({"config": {"digest": digest}, "layers": digests}).encode()
    files = {blob(each): each for each in (*layers, said, manifest)}
    return archive(files | {"index.json": b'{"manifests": []}', "oci-layout": b"{}"})


def saved(layers: list[bytes], config: Mapping[str, object]) -> bytes:
    """Return an image as older versions of docker save it, with the list of its parts first."""
    names = [f"{number:064x}/layer.tar" for number in range(len(layers))]
    parts = [{"Config": "config.json", "RepoTags": ["app:1"], "Layers": names}]
    files = {"manifest.json": json.dumps(parts).encode(), "0/VERSION": b"1.0"}
    said = {"config.json": json.dumps(config).encode()}
    return archive(files | said | dict(zip(names, layers, strict=True)))


def check(image: bytes, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "app.tar").write_bytes(image)
    return check_image(folder, "app.tar", *options)


def check_image(folder: Path, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "notion_lsp", "check", "--image", name, *options]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("image", [layout, saved])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_a_file_of_a_layer_is_found(
    image: Callable[[list[bytes], Mapping[str, object]], bytes],
    pack: Callable[[bytes], bytes],
    tmp_path: Path,
) -> None:
    result = check(image([pack(archive({"app/main.py": CODE}))], {}), tmp_path)
    assert result.returncode == 1
    assert ":/app/main.py:1:8: error[access-token]" in result.stdout


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_the_archive_itself_may_be_compressed(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    image = pack(saved([archive({"app/main.py": CODE})], {}))
    assert ":/app/main.py:1:8: error[access-token]" in check(image, tmp_path).stdout
    cut = check(image[: len(image) // 2], tmp_path)
    assert cut.returncode == 2
    assert "app.tar could not be read: it is " in cut.stderr


def test_an_image_without_a_token_is_clean(tmp_path: Path) -> None:
    result = check(layout([archive({"app/main.py": b"print()\n"})], {}), tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


def test_an_image_comes_through_a_pipe(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "notion_lsp", "check", "--image", "-"]
    image = layout([archive({"app/main.py": CODE})], {})
    result = subprocess.run(command, input=image, cwd=tmp_path, capture_output=True, check=False)
    assert result.returncode == 1


HISTORY = [
    {"created_by": "COPY . /app"},
    {"created_by": "ENV A=b", "empty_layer": True},
    {"created_by": "RUN rm /app/.env"},
]


def test_a_file_that_an_earlier_layer_deletes_is_in_the_image(tmp_path: Path) -> None:
    layers = [archive({"app/.wh.main.py": b""}), archive({"app/main.py": CODE})]
    [found] = json.loads(check(layout(layers, {}), tmp_path, "--output-format", "json").stdout)
    assert found["layer"]["deleted_in"] is None


@pytest.mark.parametrize("whiteout", ["app/.wh..env", ".wh.app", "app/.wh..wh..opq"])
def test_a_file_that_a_later_layer_deletes_is_still_there(whiteout: str, tmp_path: Path) -> None:
    layers = [archive({"app/.env": f"NOTION_TOKEN={TOKEN}\n".encode()}), archive({whiteout: b""})]
    result = check(layout(layers, {"history": HISTORY}), tmp_path, "--output-format", "json")
    (found,) = json.loads(result.stdout)
    assert found["layer"]["command"] == "COPY . /app"
    assert found["layer"]["deleted_in"] == hashlib.sha256(layers[1]).hexdigest()
    assert "A later layer deletes the file, and the image still has it." in found["message"]


def test_what_the_repository_ignores_has_left_it_in_an_image(tmp_path: Path) -> None:
    write(make_repository(tmp_path) / ".gitignore", ".env\n*.tar\n")
    layer = archive({"app/.env": f"NOTION_TOKEN={TOKEN}\n".encode()})
    assert check(layout([layer], {}), tmp_path).returncode == 1


@pytest.mark.parametrize(
    "config",
    [
        {"config": {"Env": [f"NOTION_TOKEN={TOKEN}"]}},
        {"config": {"Labels": {"token": TOKEN}}},
        {"config": {"Cmd": ["run", f"--token={TOKEN}"]}},
        {"config": {"Entrypoint": ["run", f"--token={TOKEN}"]}},
        {"config": {"Healthcheck": {"Test": ["CMD", "curl", TOKEN]}}},
        {"config": {"OnBuild": [f"RUN echo {TOKEN}"]}},
        {"config": {"WorkingDir": f"/app/{TOKEN}"}},
        {"config": {"Volumes": {f"/data/{TOKEN}": {}}}},
        {"author": f"somebody with {TOKEN}"},
        {"history": [{"created_by": f"RUN |1 NOTION_TOKEN={TOKEN} /bin/sh -c build"}]},
        {"history": [{"comment": f"with {TOKEN}"}]},
        {"history": [{"author": f"somebody with {TOKEN}"}]},
    ],
)
def test_what_the_image_says_of_itself_is_searched(
    config: Mapping[str, object], tmp_path: Path
) -> None:
    result = check(layout([archive({"a": b"b"})], config), tmp_path)
    assert result.returncode == 1
    assert ":/config:" in result.stdout


def test_a_file_larger_than_the_memory_is_for_is_read_in_blocks(tmp_path: Path) -> None:
    layer = archive({"app/big.bin": bytes(33 << 20) + b"\n" + CODE})
    assert ":/app/big.bin:2:8" in check(layout([gzip.compress(layer)], {}), tmp_path).stdout


def test_names_that_lead_out_of_the_image_stay_in_it(tmp_path: Path) -> None:
    result = check(layout([archive({"../../etc/app.py": CODE})], {}), tmp_path)
    assert ":/etc/app.py:1:8" in result.stdout


def test_a_command_does_not_show_a_token(tmp_path: Path) -> None:
    config = {"history": [{"created_by": f"RUN TOKEN={TOKEN} build `x`"}]}
    result = check(layout([archive({"app.py": CODE})], config), tmp_path)
    assert TOKEN not in result.stdout
    assert "The layer was made by" in result.stdout


@pytest.mark.parametrize("data", [b"", b"no archive", archive({"a.txt": CODE}), bytes(10240)])
def test_what_is_no_image_is_told(data: bytes, tmp_path: Path) -> None:
    result = check(data, tmp_path)
    assert result.returncode == 2
    assert "app.tar could not be read: it is " in result.stderr


def test_a_pipe_that_brings_no_image_is_named_as_no_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"nothing")))
    assert main(["check", "--image", "-"]) == 2
    assert "error: <image> could not be read: " in capsys.readouterr().err


def test_a_layer_that_is_cut_off_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    cut = gzip.compress(archive({"a.py": b"x" * 5000, "b.py": CODE}))[:60]
    result = check(layout([cut, archive({"app/main.py": CODE})], {}), tmp_path)
    assert result.returncode == 2
    assert "could not be read: it is cut off, or no archive" in result.stderr
    assert ":/app/main.py:1:8" in result.stdout


def test_an_image_that_is_cut_off_is_told(tmp_path: Path) -> None:
    image = layout([archive({"app/main.py": CODE, "b": bytes(90_000)})], {})
    result = check(image[: len(image) // 2], tmp_path)
    assert result.returncode == 2
    assert ":/app/main.py:1:8" in result.stdout


def members(layer: bytes) -> list[str]:
    parts, layers = image_archive.packed(io.BytesIO(archive({"layer": layer}))), Layers()
    return [file.name for part in parts for file in layers.files(part)]


def test_a_layer_that_unpacks_to_too_much_is_read_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(image_archive, "_SMALL", 1)
    bomb = gzip.compress(archive({"zeros": bytes(2 << 20)}))
    monkeypatch.setattr(image_archive, "_RATIO", 100)
    with pytest.raises(image_archive.ImageError, match="more bytes than a layer can have"):
        members(bomb)


def test_an_image_of_too_many_files_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_archive, "_FILES", 2)
    with pytest.raises(image_archive.ImageError, match="more than 2 files"):
        members(archive({"a": b"", "b": b"", "c": b""}))


def test_a_sparse_file_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tarfile.TarInfo, "issparse", lambda _entry: True)
    with pytest.raises(image_archive.ImageError, match="is a sparse file"):
        members(archive({"a": b""}))


def test_a_layer_of_zstd_without_its_library_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    monkeypatch.setitem(sys.modules, "compression.zstd", None)
    with pytest.raises(image_archive.ImageError, match="notion-lsp"):
        members(zstandard.compress(archive({"a": b""})))


def layer_of_one(entry: tarfile.TarInfo) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as made:
        made.addfile(entry)
    return written.getvalue()


def link(target: str, name: str = "app/link") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = tarfile.SYMTYPE, target
    return entry


def test_where_a_link_leads_to_is_searched(tmp_path: Path) -> None:
    result = check(layout([layer_of_one(link(TOKEN))], {}), tmp_path)
    assert result.returncode == 1
    assert ":/app/link:1:1: error[access-token]" in result.stdout


def test_the_names_of_files_are_searched(tmp_path: Path) -> None:
    result = check(layout([archive({f"app/{TOKEN}.txt": b"1"})], {}), tmp_path)
    assert result.returncode == 1
    assert "error[access-token]" in result.stdout
    assert TOKEN not in result.stdout


@pytest.mark.parametrize("layer", [b"BZh9 and no archive", None], ids=["no archive", "missing"])
def test_a_layer_that_cannot_be_looked_into_is_told(layer: bytes | None, tmp_path: Path) -> None:
    parts = [{"Config": "config.json", "Layers": ["0/layer.tar"]}]
    files = {"manifest.json": json.dumps(parts).encode(), "config.json": b"{}"}
    result = check(archive(files | ({"0/layer.tar": layer} if layer else {})), tmp_path)
    assert result.returncode == 2
    assert "layer 0 could not be read: the image names it" in result.stderr


def test_a_layer_that_an_older_docker_links_to_another_is_read_once(tmp_path: Path) -> None:
    parts = [{"Config": "config.json", "Layers": ["0/layer.tar", "1/layer.tar"]}]
    made = archive({"manifest.json": json.dumps(parts).encode(), "config.json": b"{}"})
    written = io.BytesIO(made)
    with tarfile.open(fileobj=written, mode="a") as image:
        entry = tarfile.TarInfo("0/layer.tar")
        layer = archive({"a.py": CODE})
        entry.size = len(layer)
        image.addfile(entry, io.BytesIO(layer))
        image.addfile(link("../0/layer.tar", "1/layer.tar"))
    result = check(written.getvalue(), tmp_path)
    assert result.returncode == 1, result.stderr
    assert result.stdout.count("error[access-token]") == 1


def test_a_layout_that_tar_has_packed_as_a_folder_is_read(tmp_path: Path) -> None:
    parts = [{"Config": "config.json", "Layers": ["0/layer.tar"]}]
    files = {"manifest.json": json.dumps(parts).encode(), "config.json": b"{}"}
    files |= {"0/layer.tar": archive({"./a.py": CODE})}
    result = check(archive({f"./{name}": data for name, data in files.items()}), tmp_path)
    assert result.returncode == 1, result.stderr


@pytest.mark.parametrize("kind", [tarfile.DIRTYPE, tarfile.LNKTYPE])
def test_the_names_of_folders_and_hard_links_are_searched(kind: bytes, tmp_path: Path) -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as made:
        made.addfile(tarfile.TarInfo("a"))
        entry = tarfile.TarInfo(TOKEN)
        entry.type, entry.linkname = kind, "a"
        made.addfile(entry)
    result = check(layout([written.getvalue()], {}), tmp_path)
    assert result.returncode == 1
    assert f":/ntn_…{TOKEN[-4:]}" in result.stdout


def test_archives_in_a_layer_are_told(tmp_path: Path) -> None:
    files = {"app/a.jar": b"PK\x03\x04", "app/b": gzip.compress(CODE), "app/c.py": b"x = 1\n"}
    result = check(layout([archive(files)], {}), tmp_path)
    assert result.returncode == 0
    assert "2 archives were not looked into: " in result.stderr


@pytest.mark.parametrize("kind", [tarfile.DIRTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE])
def test_a_folder_and_a_link_are_no_archives_whatever_their_names(
    kind: bytes, tmp_path: Path
) -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as made:
        entry = tarfile.TarInfo("man/awk.1.gz")
        entry.type, entry.linkname = kind, "mawk.1.gz"
        made.addfile(entry)
    result = check(layout([written.getvalue()], {}), tmp_path)
    assert "not looked into" not in result.stderr


def test_a_layout_in_a_folder_is_read(tmp_path: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(layout([archive({"a.py": CODE})], {}))) as packed:
        packed.extractall(tmp_path / "app")  # noqa: S202, the archive is ours
    # Whatever a link leads to is no part of the image.
    (tmp_path / "secret.tar").write_bytes(archive({"b.py": CODE}))
    (tmp_path / "app" / "blobs" / "link").symlink_to(tmp_path / "secret.tar")
    result = check_image(tmp_path, "app")
    assert result.returncode == 1, result.stderr
    assert "app!/" in result.stdout
    assert ":/a.py:1:8: error[access-token]" in result.stdout
    assert "b.py" not in result.stdout


def test_a_folder_that_is_no_layout_is_told(tmp_path: Path) -> None:
    write(tmp_path / "app" / "a.py", CODE.decode())
    result = check_image(tmp_path, "app")
    assert result.returncode == 2
    assert "it is a folder without a file oci-layout" in result.stderr


def chunked(data: bytes) -> bytes:
    # A frame for each file, as `zstd:chunked` has it, and a frame that readers skip.
    frames = (zstandard.compress(data[start : start + 1000]) for start in range(0, len(data), 1000))
    return b"".join(frames) + b"\x50\x2a\x4d\x18" + (8).to_bytes(4, "little") + bytes(8)


def in_members(data: bytes) -> bytes:
    # As `estargz` has it.
    return b"".join(
        gzip.compress(data[start : start + 1000]) for start in range(0, len(data), 1000)
    )


@pytest.mark.parametrize("pack", [chunked, in_members])
def test_a_layer_of_many_packed_pieces_is_read_to_its_end(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    layer = archive({"before": bytes(range(256)) * 40, "a.py": CODE})
    result = check(layout([pack(layer)], {}), tmp_path)
    assert ":/a.py:1:8: error[access-token]" in result.stdout


def test_a_token_is_found_again_in_a_file_that_came_before_it(tmp_path: Path) -> None:
    first = archive({"a.txt": f"name=x{TOKEN}y\n".encode()})
    result = check(layout([first, archive({"app/main.py": CODE})], {}), tmp_path)
    assert ":/a.txt:1:7: error[access-token]" in result.stdout
