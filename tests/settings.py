"""The product's settings, with a data folder that each run (and each xdist worker) has to itself and throws away.

A test that wants the product as it really runs, with a worker and a broker, takes the fixture `installation`: its processes
use `racing.settings`, not these.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PARC_FERME_TEST_ROOT" not in os.environ:
    os.environ["PARC_FERME_TEST_ROOT"] = tempfile.mkdtemp(prefix="parc-ferme-tests-")
    atexit.register(shutil.rmtree, os.environ["PARC_FERME_TEST_ROOT"], ignore_errors=True)
_var = Path(os.environ["PARC_FERME_TEST_ROOT"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
(_var / "static").mkdir(parents=True, exist_ok=True)

os.environ["PARC_FERME_VAR"] = str(_var)
os.environ["PLAIN_STATIC"] = "1"  # no manifest: a test need not collect static files first
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in the thread that uses the ORM
os.environ.pop("STATIC_ROOT", None)
for _name in [name for name in os.environ if name.startswith("MODEL_READER_")]:
    del os.environ[_name]  # no test asks a model that whoever runs it may have

from racing.settings import *  # noqa: E402, F403  the environment above must stand first

#: A task runs where it is sent. In a plain `django_db` test nothing commits, so nothing that waits for the commit is sent.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
