"""The one door of a checkout: `python3 run.py` (`py run.py` on Windows) sets up what is missing, then starts.

Standard library only. All it makes is in .venv, with a stamp saying what was made there from which lock file,
so the next start goes straight to the program. A set-up interrupted, moved or made for another Python is made
again from nothing.
"""

import sys

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

# Any Python from 3.6 can read this file as far as this sentence.
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(
        f"Chương trình cần Python từ 3.11 đến 3.14, còn đây là Python {VERSION}. "
        "Đồng chí cài một bản trong khoảng đó rồi chạy lại bằng bản ấy.\n(Python 3.11 to 3.14 is needed.)"
    )

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "run.json"
LOCK = VENV / ".lock"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
SETS = ("run", "test", "bench")  # each holds the one before it
COMPILED = ("app", "migrations", "benchmarks")

HELP = """\
python3 run.py [...]         mở chương trình; các chữ theo sau được chuyển cho chương trình
                             (máy không có màn hình: lập sổ mẫu, in các bản ra thư mục out/)
python3 run.py test [...]    the whole gate: format, lint, types, import contracts, tests;
                             words after `test` go to pytest, and then only pytest runs
python3 run.py bench [...]   the benchmarks
python3 run.py faults [...]  kill, cut, fill up and spoil on purpose; `--quick` tries a little of each
python3 run.py help          các từ này (`--help` là của chương trình)
Windows: py run.py ..."""

# What Qt loads from the system: library file -> Debian package. Found with ldd on a bare Debian.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
}
XCB = "cursor0 icccm4 image0 keysyms1 randr0 render-util0 shape0 shm0 sync1 util1 xfixes0 xkb1"
WINDOW = {
    **{f"libxcb-{name[:-1]}.so.{name[-1]}": f"libxcb-{name}" for name in XCB.split()},
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libcups.so.2": "libcups2",  # without it Qt sees no printer
}
LIBRARIES = {"offscreen": OFFSCREEN, "window": {**OFFSCREEN, **WINDOW}}

# The gate, in this order; -P keeps a folder named like a module from being imported in its place.
CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command as c; c()"),
    "tests": ("-m", "pytest"),
}


class SetUpFailed(Exception):
    """The set-up cannot go on; the message says what failed and what to do."""


def main(words: list[str]) -> int:
    """Do what the first word says; words that are not ours go to the program."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a Windows pipe may lack our letters
    try:
        return run(words)
    except SetUpFailed as problem:
        say(f"{problem}")
    except KeyboardInterrupt:
        say("Đã dừng. Lần chạy sau sẽ làm lại phần còn dở.")
        return 130
    return 1


def run(words: list[str]) -> int:
    word = words[0] if words else ""
    if word == "help":
        print(HELP)
        return 0
    if word == "test":
        prepare("test", "offscreen")
        return gate(words[1:])
    if word == "bench":
        prepare("bench", "offscreen")
        return start(["-m", "benchmarks", *words[1:]])
    if word == "faults":
        prepare("test", "offscreen")
        return start(["-m", "benchmarks.faults", *words[1:]])
    prepare("run", "window" if has_display() else "")
    if not words and not has_display():
        out = ROOT / "out"
        say(f"Máy không có màn hình: lập sổ mẫu và in các bản vào {out}")
        words = ["demo", "--out", str(out)]
    return start(["-m", "app", *words])


def say(sentence: str) -> None:
    """Tell the person at the terminal; standard output belongs to the program."""
    print(sentence, file=sys.stderr, flush=True)


def has_display() -> bool:
    """Whether a window can be shown here."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


# Set-up


class Stamp:
    """What .venv was made for and from; a .venv without one is not finished."""

    def __init__(self) -> None:
        self.python = f"{sys.implementation.name} {VERSION} {sys.maxsize}"
        self.place = str(VENV)
        self.sets: dict[str, str] = {}
        self.screens: list[str] = []
        self.sources = 0

    @classmethod
    def read(cls) -> "Stamp | None":
        """The stamp of a whole .venv made here for this Python; otherwise nothing."""
        stamp = cls()
        try:
            kept = json.loads(STAMP.read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(kept, dict) or kept.keys() != vars(stamp).keys() or not PYTHON.exists():
            return None
        if (kept["python"], kept["place"]) != (stamp.python, stamp.place):
            return None
        vars(stamp).update(kept)
        return stamp

    def write(self) -> None:
        """All or nothing, so that a run beside this one never reads half a stamp."""
        half = STAMP.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(vars(self)), encoding="utf-8")
        os.replace(half, STAMP)

    def serves(self, kind: str, screen: str) -> bool:
        """Whether nothing has to be added for this set of libraries and this screen."""
        return self.sets.get(kind) == digest(kind) and (not screen or screen in self.screens)

    def is_outdated(self) -> bool:
        """Whether a lock file changed since: what the new one leaves out must go, so .venv is made anew."""
        return any(kept != digest(kind) for kind, kept in self.sets.items())


def digest(kind: str) -> str:
    return hashlib.sha256(lock_file(kind).read_bytes()).hexdigest()


def lock_file(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def prepare(kind: str, screen: str) -> None:
    """Make .venv hold this locked set, compiled, and the system bring what Qt needs for this screen."""
    try:
        digest(kind)  # a checkout without its lock file is told before anything is made
        stamp = Stamp.read()
        if stamp is None or not stamp.serves(kind, screen):
            VENV.mkdir(exist_ok=True)
            with alone():
                stamp = Stamp.read()  # another run may just have done it
                if stamp is None or not stamp.serves(kind, screen):
                    stamp = set_up(kind, screen)
        newest = newest_source()
        if newest > stamp.sources:
            compile_sources()
            stamp.sources = newest
            stamp.write()
    except OSError as problem:
        raise SetUpFailed(
            f"Không chuẩn bị được chương trình: {problem}.\n"
            f"Kiểm tra quyền ghi và chỗ trống ở {VENV}, đóng chương trình nếu đang mở, rồi chạy lại."
        ) from problem


def set_up(kind: str, screen: str) -> Stamp:
    began = time.monotonic()
    say("Chuẩn bị chương trình. Lần đầu mất một vài phút và cần Internet.")
    bring_system_packages(screen)
    stamp = Stamp.read()
    if stamp is None or stamp.is_outdated():
        stamp = Stamp()
        make_venv()
    if not stamp.serves(kind, ""):
        STAMP.unlink(missing_ok=True)  # from here to the end .venv is unfinished
        install(kind)
        stamp.sets = {each: digest(each) for each in SETS[: SETS.index(kind) + 1]}
    if screen:
        stamp.screens = list(LIBRARIES) if screen == "window" else [*stamp.screens, screen]
    stamp.sources = 0
    stamp.write()
    say(f"Đã chuẩn bị xong sau {time.monotonic() - began:.0f} giây.")
    return stamp


@contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time; the system lets go of the lock even when a run is killed."""
    with LOCK.open("a") as file:
        waiting = False
        while not try_lock(file.fileno()):
            if not waiting:
                say("Một lần chạy khác đang chuẩn bị; đang đợi nó xong.")
            waiting = True
            time.sleep(0.3)
        yield


def try_lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def make_venv() -> None:
    """An empty .venv; whatever was in it is thrown away."""
    import shutil

    say("  tạo môi trường Python…")
    STAMP.unlink(missing_ok=True)
    for old in VENV.iterdir():
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        elif old != LOCK:
            old.unlink()
    # Started from the activated .venv, the interpreter in use was just thrown away: take the one below it.
    base = getattr(sys, "_base_executable", sys.executable)
    must([base, "-m", "venv", str(VENV)], "Không tạo được môi trường Python (tin báo ở trên).")


def install(kind: str) -> None:
    say("  tải và cài các thư viện…")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    locked = ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock_file(kind))]
    must(
        [*pip, *locked],
        "Không cài được các thư viện (tin báo của pip ở trên). Kiểm tra Internet, biến HTTPS_PROXY nếu "
        "cơ quan dùng máy chủ trung gian, và khoảng 1 GB chỗ trống, rồi chạy lại đúng lệnh này.",
    )


def newest_source() -> int:
    """When a module of ours last changed, in nanoseconds."""
    newest = 0
    for top in COMPILED:
        for folder, _, names in os.walk(ROOT / top):
            for name in names:
                if name.endswith(".py"):
                    newest = max(newest, os.stat(os.path.join(folder, name)).st_mtime_ns)
    return newest


def compile_sources() -> None:
    """Compile our modules: Python does not do it by itself where PYTHONDONTWRITEBYTECODE is set."""
    present = [top for top in COMPILED if (ROOT / top).is_dir()]
    # A module that does not compile says so better when it is imported.
    call([str(PYTHON), "-m", "compileall", "-qq", *present], folder=ROOT)


# What the system must bring


def bring_system_packages(screen: str) -> None:
    """Install what Python and Qt miss, or say how."""
    import shutil

    missing = missing_packages(screen)
    if not missing:
        return
    is_debian = os.path.exists("/etc/debian_version") and bool(shutil.which("apt-get"))
    names = " ".join(missing)
    command = f"apt-get install --no-install-recommends {names}"
    if not is_debian:
        raise SetUpFailed(
            f"Máy còn thiếu các gói mà Debian gọi là: {names}.\n"
            "Đồng chí cài chúng bằng trình quản lý gói của máy rồi chạy lại."
        )
    if sys.platform == "win32" or os.geteuid() != 0:
        raise SetUpFailed(
            f"Máy còn thiếu vài gói của hệ thống. Đồng chí chạy lệnh sau rồi chạy lại:\n  sudo {command}"
        )
    say(f"  cài các gói của hệ thống: {names}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call(["apt-get", "-qq", "update"], quiet=True)  # old lists may do; the next line tells
    must(
        ["apt-get", "-qq", "install", "--no-install-recommends", "-y", *missing],
        f"Không cài được các gói của hệ thống (tin báo ở trên). Đồng chí chạy thử:\n  {command}",
        quiet=True,
    )


def missing_packages(screen: str) -> list[str]:
    """The Debian names of what is not there."""
    from importlib.util import find_spec

    missing = []
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        missing.append(f"python{VERSION}-venv")
    if screen and sys.platform == "linux":
        import ctypes

        for library, package in LIBRARIES[screen].items():
            try:
                ctypes.CDLL(library)
            except OSError:
                missing.append(package)
    return missing


# Running


def environment(**more: str) -> dict[str, str]:
    """Ours, where modules of this checkout are found from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def start(words: list[str]) -> int:
    """Become the program."""
    command = [str(PYTHON), "-P", *words]
    if not WINDOWS:
        os.execve(command[0], command, environment())
    # There exec would leave the terminal to both; Ctrl+C is the program's to answer.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return call(command, environment())


def gate(words: list[str]) -> int:
    """Run every check and sum up; with words, only pytest, which gets them."""
    chosen = {"tests": (*CHECKS["tests"], *words)} if words else CHECKS
    results = []
    for name, check in chosen.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        status = call([str(PYTHON), "-P", *check], environment(QT_QPA_PLATFORM="offscreen"), folder=ROOT)
        results.append((name, status, time.monotonic() - began))
    print()
    for name, status, seconds in results:
        print(f"{name:<10}{'ok' if status == 0 else 'FAILED':<10}{seconds:7.1f} s")
    return 1 if any(status for _, status, _ in results) else 0


def must(command: list[str], complaint: str, quiet: bool = False) -> None:
    if call(command, quiet=quiet) != 0:
        raise SetUpFailed(complaint)


def call(
    command: list[str],
    variables: dict[str, str] | None = None,
    folder: Path | None = None,
    quiet: bool = False,
) -> int:
    """Run a command to its end and give its exit status."""
    import subprocess

    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, env=variables, cwd=folder, stdout=output, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
