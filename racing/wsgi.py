"""The web application, as a WSGI server starts it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "racing.settings")

application = get_wsgi_application()
# What is loaded by now stays: the collector of garbage need not go through it again and again.
gc.collect()
gc.freeze()
