"""How gunicorn serves the site, in a container and in `make run` alike."""

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from gunicorn.glogging import Logger

from deploy import garbage, metrics_folder
from monitoring.logs import HidingFilter, LineFormatter

wsgi_app = "actiris_site.wsgi:application"
# Loaded once, before the workers are forked: a new one answers at once, and no reader waits while it loads. So HUP takes new
# workers of the same code; a release is a new start, during which nginx shows what it kept, or the copy.
preload_app = True
bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# Threads let a worker answer while another request waits for the database, and allow connections to stay open.
worker_class = "gthread"
threads = 4
keepalive = 75  # longer than nginx keeps an idle connection, or nginx would now and then write into a closed one
timeout = 30
forwarder_headers = ""  # nobody in front of it moves the site below a path: SCRIPT_NAME as a header would only break addresses
max_requests = 5000  # a fresh worker now and then, so that no leak adds up
max_requests_jitter = 500
# Where a worker shows that it lives: on a slow disk that alone could make it look hung.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (gunicorn names its file)
# As the site itself logs (LOG_FORMAT in the settings).
log_style = os.environ.get("LOG_FORMAT") or ("line" if os.environ.get("ENVIRONMENT") in ("development", "test") else "json")
control_socket_disable = True  # it would write into the home folder, and two sites of one user would share it

metrics_folder.make()


def when_ready(server):
    """Leave what is loaded to all workers, before they are forked."""
    garbage.look_seldom()


def pre_fork(server, worker):
    """Give a worker the place of one that ended, on where it counts, and no connection of this process."""
    from django.db import connections

    connections.close_all()  # what loading asked of the database: two processes must not share a connection
    worker.place = metrics_folder.free_place({other.place for other in server.WORKERS.values()})


def post_fork(server, worker):
    os.environ["GUNICORN_PLACE"] = str(worker.place)


def on_exit(server):
    if not server.reexec_pid:  # whoever takes over counts in the same folder
        metrics_folder.remove()


def post_worker_init(worker):
    """Let the first process of a start say what is wrong with the machine."""
    if worker.age == 1:
        from monitoring.start import log_issues

        log_issues()


class VisitLogger(Logger):
    """Logs the path as it was sent, without its query: decoded it could forge lines, and queries hold what people seek.

    Links to drafts, and those that let somebody in, stand neither among the visits nor among what went wrong.
    """

    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            log.addFilter(HidingFilter())  # of what the apps named as they were loaded
        if log_style == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(LineFormatter("json"))

    def access(self, resp, req, environ, request_time):
        if log_style != "json" or not self.cfg.accesslog:
            return super().access(resp, req, environ, request_time)
        values = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "logger": "gunicorn.access",
            "request_id": environ.get("HTTP_X_REQUEST_ID"),
            "method": environ.get("REQUEST_METHOD"),
            "path": environ["RAW_URI"].partition("?")[0],
            "status": int(str(resp.status).split(None, 1)[0]),
            "bytes": resp.sent,
            "seconds": round(request_time.total_seconds(), 6),
        }
        self.access_log.info("%s", json.dumps(values, ensure_ascii=False))
        return None

    def atoms(self, resp, req, environ, request_time):
        return super().atoms(resp, req, environ, request_time) | {"U": environ["RAW_URI"].partition("?")[0]}


# Neither addresses nor browsers: the log counts visits, not visitors.
logger_class = VisitLogger
accesslog = "-"
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s bytes %(L)s s %({http_x_request_id}e)s'

# It warns at every HEAD, because Django answers one as a GET and leaves it to the server to drop the body.
logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)
