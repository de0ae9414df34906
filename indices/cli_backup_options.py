"""The options of the commands that back a store up and bring it back."""

from __future__ import annotations

from indices.cli_upload_options import Add, Words


def add_backup_commands(add: Add, words: Words) -> None:
    """Put the commands of backups beside the others."""
    backup = add("backup", "backup", words("backup"))
    backup.add_argument("-o", "--output", metavar=words("file"), help=words("backup_output"))
    backup.add_argument("--json", action="store_true", help=words("json"))

    back = add("restore-backup", "restore_backup", words("restore_backup"))
    back.add_argument("file", metavar=words("file"), help=words("backup_file"))
    back.add_argument("--check", action="store_true", help=words("backup_check"))
    back.add_argument("--json", action="store_true", help=words("json"))
