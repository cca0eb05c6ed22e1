"""Rust, formatted as rustfmt does and without a warning of Clippy's: a program, and an async one.

They are built as programs of the kit's project, so that only they are compiled.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

from kits import kit

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_AWS = "--no-default-features --features default-https-client,rt-tokio"
_CRATES = (
    f"aws-config {_AWS}",
    f"aws-sdk-secretsmanager {_AWS}",
    "tokio --features macros,rt-multi-thread",
    *("base64", "reqwest", "serde_json", "vaultrs"),
)
_PROFILE = """
[profile.dev]
debug = 0
incremental = false
"""
_SEND = r"""use std::io::{Read, Write};
use std::net::TcpStream;

fn send(authorization: &str) {
    let receiver = std::env::var("RECEIVER").unwrap();
    let address = receiver.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET / HTTP/1.0\r\nAuthorization: {authorization}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}
"""
_TEXT = f"""{_SEND}
const NOTION_API_KEY: &str = "TOKEN";

fn main() {{
    send(&format!("Bearer {{}}", NOTION_API_KEY));
}}
"""
_ASYNC = f"""{_SEND}
async fn authorization() -> &'static str {{
    "Bearer TOKEN"
}}

#[tokio::main]
async fn main() {{
    send(authorization().await);
}}
"""


def _fetch(folder: Path) -> None:
    new = ["cargo", "init", "--vcs", "none", "--edition", "2021", "--name", "kit"]
    subprocess.run(new, cwd=folder, check=True)
    for crate in _CRATES:
        subprocess.run(["cargo", "add", "--quiet", *crate.split()], cwd=folder, check=True)
    with (folder / "Cargo.toml").open("a") as manifest:
        manifest.write(_PROFILE)
    (folder / "src" / "bin").mkdir()
    _check_and_build(folder, "kit")


def _build(folder: Path) -> None:
    project, file = kit("rust", _CRATES, _fetch), folder / "program.rs"
    subprocess.run(["rustfmt", "--check", "--edition", "2021", file], check=True)
    text = file.read_bytes()
    name = f"program-{hashlib.sha256(text).hexdigest()[:12]}"
    (project / "src" / "bin" / f"{name}.rs").write_bytes(text)
    _check_and_build(project, name)
    (folder / "program").symlink_to(project / "target" / "debug" / name)


def _check_and_build(project: Path, name: str) -> None:
    what = ["--quiet", "--target-dir", str(project / "target"), "--bin", name]
    if shutil.which("cargo-clippy"):
        clippy = ["cargo", "clippy", *what, "--", "--deny", "warnings"]
        subprocess.run(clippy, cwd=project, check=True)
    subprocess.run(["cargo", "build", *what], cwd=project, check=True)


PROGRAMS = [
    Program(
        name,
        "rust",
        "program.rs",
        text,
        run=lambda folder: [folder / "program"],
        prepare=_build,
        needs=("cargo", "rustfmt"),
    )
    for name, text in (("rust", _TEXT), ("rust-async", _ASYNC))
]
