"""WSGI entry for granian; warm before it serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoneng.settings")
application = get_wsgi_application()

from xiaoneng.health import warm_up  # noqa: E402 - needs Django set up

warm_up(application)
