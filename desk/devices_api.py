"""The desk's operations on devices, as they are described to programs."""

from desk import devices
from desk.operations import SIGNED_IN, command, reading
from qms.web.openapi.operation import LANGUAGE, Operation, Reply
from qms.web.openapi.problem import page, refusals

NAME = {"type": "string", "pattern": "^[^/]{1,200}$"}
LANGUAGE_TAG = {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$"}
DEVICE = {200: Reply(meaning="The device as it has become.", shape=devices.DeviceShape)}
PUT_UP = {201: Reply(meaning="What is there now.", shape=devices.MediumShape)}


def _upload(id: str, path: str, summary: str) -> Operation:
    replies = {**PUT_UP, **refusals(400, 401, 403, 404, 413, 422)}
    return Operation(id=id, method="put", path=path, summary=summary, replies=replies, schemes=SIGNED_IN)


def _removal(id: str, path: str, summary: str) -> Operation:
    replies = {204: Reply(meaning="It is gone."), **refusals(400, 401, 403, 404)}
    return Operation(id=id, method="delete", path=path, summary=summary, replies=replies, schemes=SIGNED_IN)


DEVICES = (
    reading("devices", "devices", "Screens and kiosks, and what was put up for them", devices.Devices, 403),
    command(
        "orderDevice",
        "devices/{device}/orders",
        "Let a device load its page anew, say which one it is, or make a test call",
        body=devices.OrderBody,
        replies=DEVICE,
    ),
    command(
        "setVolume",
        "devices/{device}/volume",
        "Say how loud a device is",
        method="put",
        body=devices.VolumeBody,
        replies=DEVICE,
    ),
    command(
        "pairDevice",
        "devices/{device}/pair",
        "Make the blank screen that shows a code be this device",
        body=devices.CodeBody,
        replies=DEVICE,
    ),
    command(
        "renewToken",
        "devices/{device}/token",
        "Give a device another address; the one it had leads nowhere",
        optional=True,
        replies=DEVICE,
    ),
    _upload("putMedium", "/desk/api/media/{name}", "Put up a picture or a film; the body is the file"),
    _removal("removeMedium", "/desk/api/media/{name}", "Take a picture or a film down"),
    _upload("putClip", "/desk/api/clips/{language}/{name}", "Put up a recorded clip, a WAV file, under what it says"),
    _removal("removeClip", "/desk/api/clips/{language}/{name}", "Take a recorded clip down"),
    Operation(
        id="devicesPage",
        method="get",
        path="/admin/devices",
        summary="The page of those who look after devices",
        parameters=(LANGUAGE,),
        replies={**page(), **refusals(403)},
    ),
)
