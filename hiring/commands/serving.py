"""``hiring serve``."""

from __future__ import annotations

import socket
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from hiring.app import create_app
from hiring.commands.people import has_demo
from hiring.errors import SetupProblem
from hiring.export.pdf import end_processes, use_processes
from hiring.exports.tasks import start_worker
from hiring.extensions import db
from hiring.settings import Settings, read_settings

RENDERERS = 2  # For the whole server, unless more processes answer: then each has one.
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings instead of its own command line."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        address = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        self.cfg.set("bind", f"{address}:{self.settings.port}")
        self.cfg.set("workers", self.settings.workers)
        self.cfg.set("threads", 4)
        self.cfg.set("timeout", 120)
        # Longer than browsers and proxies keep an idle connection: whoever closes first cuts off no request on its way.
        self.cfg.set("keepalive", 75)
        self.cfg.set("accesslog", None)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("proc_name", "hiring")
        self.cfg.set("when_ready", lambda server: _announce(self.settings))
        self.cfg.set("worker_exit", lambda server, worker: end_processes())

    def load(self) -> Any:
        use_processes(max(1, RENDERERS // self.settings.workers))
        app = create_app(self.settings)
        start_worker(app)
        return app


@click.command()
@click.option("--host", help="The address to listen on; 127.0.0.1 unless HIRING_HOST says otherwise.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port; 8000 unless HIRING_PORT says otherwise."
)
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes answer; 2 unless set.")
@click.option("--with-demo", is_flag=True, help="Listen on a public address although the demo is present.")
def serve(host: str | None, port: int | None, workers: int | None, with_demo: bool) -> None:
    """Serve the product to browsers until it is stopped with Ctrl+C."""
    chosen = {"host": host, "port": port, "workers": workers}
    settings = read_settings(**{name: value for name, value in chosen.items() if value is not None})
    with create_app(settings).app_context():
        demo = has_demo()
        db.session.remove()
        db.engine.dispose()  # The workers open connections of their own.
    if demo and settings.host not in LOOPBACK and not with_demo:
        raise SetupProblem(
            f"The demo organisation must not be reachable at {settings.host}; "
            'remove it with "hiring demo --remove", or say --with-demo.'
        )
    _refuse_taken_port(settings)
    Server(settings).run()


def _announce(settings: Settings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Ready at http://{host}:{settings.port} (stop with Ctrl+C).")


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as problem:
            raise SetupProblem(
                f"Port {settings.port} on {settings.host} cannot be used ({problem.strerror}); "
                "stop the program that uses it, or choose another with --port."
            ) from None
