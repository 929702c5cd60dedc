"""The command line: one module a command group, each thin: options in, pipeline or stage called, data to stdout."""

from summarizer.cli.app import main

__all__ = ["main"]
