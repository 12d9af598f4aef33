"""The command line: thin, and the only place that prints."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from gongkai.cli import annotate, check, collect, evaluate, export, extract, ingest, judge, query, serve
from gongkai.errors import GongkaiError


class _UnusableError(click.ClickException):
    """A file or folder that the command was told to use and cannot."""

    exit_code = 2


class _Commands(click.Group):
    """Commands in the order of the work, and every foreseeable error as one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; what the user's input caused ends in a message, not in a stack trace."""
        try:
            return super().invoke(ctx)
        except GongkaiError as error:
            raise click.ClickException(str(error)) from error
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


def _add(*commands: click.Command | Callable[[], click.Command]) -> None:
    for command in commands:
        main.add_command(command if isinstance(command, click.Command) else command())


_add(
    collect.command,
    ingest.command,
    extract.command,
    check.command,
    judge.command,
    query.command,
    serve.command,
    export.command,
    evaluate.command(extract.annotated),
    annotate.command,
)
