"""Wake the worker without depending on it."""

import logging
from typing import Any

from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge(task: Any, *args: Any) -> bool:
    """Send ``task`` to the broker; say ``False`` when the broker cannot be reached.

    A nudge only makes things happen sooner: whatever must happen is a row in the outbox, and the
    sweep finds it. So a broker that is away never breaks a request.
    """
    try:
        task.apply_async(args=args, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("broker unreachable, the sweep will pick it up: %s", type(error).__name__)
        return False
    return True
