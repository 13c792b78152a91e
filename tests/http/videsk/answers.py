"""What Videsk's calendar answers."""

KEYS = [
    *("email", "service", "startAt", "endAt", "duration", "timezone", "joinURL", "rescheduleURL", "cancelURL"),
    *("accessToken", "actionToken", "message"),
]
