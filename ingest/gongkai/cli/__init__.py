"""The command line: thin, and the only place that prints."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import cast

import click

from gongkai.cli.chinese import in_chinese, language, told
from gongkai.errors import GongkaiError

_COMMANDS = (
    "collect",
    "ingest",
    "extract",
    "check",
    "judge",
    "query",
    "serve",
    "export",
    "evaluate",
    "annotate",
)


class _UnusableError(click.ClickException):
    """A file or folder that the command was told to use and cannot."""

    exit_code = 2


class _Commands(click.Group):
    """Commands in the order of the work, and every foreseeable error as one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, whose module is imported only now: who checks a draft waits for no server to load."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"gongkai.cli.{cmd_name}")
        found = module.command
        if cmd_name == "evaluate":
            found = found(import_module("gongkai.cli.extract").annotated)
        command = cast("click.Command", found)
        return in_chinese(command) if language() == "zh" else command

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; what the user's input caused ends in a message, not in a stack trace."""
        try:
            return super().invoke(ctx)
        except GongkaiError as error:
            raise click.ClickException(told(error)) from error
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)
        except OSError as error:
            raise _UnusableError(
                f"{error.filename or 'input or output'}: {error.strerror or error}"
            ) from error


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="gongkai")
def main() -> None:
    """公开: from annual reports on government information disclosure to a knowledge graph.

    政府信息公开工作年度报告 → 知识图谱。
    """
