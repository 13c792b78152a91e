"""Live sockets: whoever watches something is told its newest state, whole, and no history.

`Hub` follows what is watched and tells it; `attend` is the whole of a handler. Frames are made once and written to
every transport; a socket that is slow gets the newest state when it can take one, never a queue.
"""

from qms.web.live.attendance import attend, end_all, listen
from qms.web.live.audience import Told
from qms.web.live.hub import Hub, message
from qms.web.live.seen import Seen

__all__ = ["Hub", "Seen", "Told", "attend", "end_all", "listen", "message"]
