from xiaoneng.kernel.organisation.testing import *  # noqa: F403
