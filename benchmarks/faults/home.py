"""Folders of our own for what the program keeps of a person: nobody's settings or backups are touched."""

from pathlib import Path


def own_folders(home: Path) -> dict[str, str]:
    """The environment that puts settings, log and backups below ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    folders = {"HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home}
    folders |= {f"XDG_{kind}_HOME": home / kind.lower() for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {name: str(folder) for name, folder in folders.items()}
