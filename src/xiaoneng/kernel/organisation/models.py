"""Tables of 机构与人员."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """账号: a login."""
