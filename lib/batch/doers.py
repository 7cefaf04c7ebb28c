"""Where rows are done: ``BATCH_ENGINE=ray`` sends them to a cluster, else this machine does them."""

from __future__ import annotations

import os

from lib.batch.model import Doer
from lib.errors import SettingsError
from lib.i18n import N_

UNKNOWN = N_("BATCH_ENGINE is '{name}'. Set it to 'local' or 'ray', then start the worker again.")


def doer() -> Doer:
    """What does this process's rows.

    Raises:
        SettingsError: BATCH_ENGINE names nothing known, or the cluster's package is not installed.
    """
    name = os.environ.get("BATCH_ENGINE", "local").strip().lower()
    if name == "local":
        from lib.batch.here import Here

        return Here()
    if name == "ray":
        from lib.batch.ray_cluster import Cluster

        return Cluster()
    raise SettingsError(UNKNOWN, name=name)
