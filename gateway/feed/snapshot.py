"""The snapshot message: its large part is encoded once per state of the session, the rest per client."""

import msgspec
from msgspec import Raw, Struct

from gateway.access.identity import Identity
from gateway.connections.frames import text_frame
from gateway.feed.registers import Registers
from shared.ports.feed import Register
from shared.protocol import Me


class _Part(Struct):
    session: Raw = Raw(b"null")
    leaderboard: Raw = Raw(b"null")
    lobby: Raw = Raw(b"null")


_parts = msgspec.json.Decoder(_Part)
_encoder = msgspec.json.Encoder()


class SharedSnapshot:
    """What all clients' snapshots as of `seq` have in common. protocol.Snapshot is the whole."""

    def __init__(self, *, seq: int, code: str, registers: Registers) -> None:
        self.seq = seq
        session = _parts.decode(registers[Register.SESSION].body).session
        leaderboard = _parts.decode(registers[Register.LEADERBOARD].body).leaderboard
        lobby = _parts.decode(registers[Register.LOBBY].body).lobby
        self._shared = b'{"type":"snapshot","seq":%d,"code":%b,"session":%b,"leaderboard":%b,"lobby":%b' % (
            seq,
            _encoder.encode(code),
            session,
            leaderboard,
            lobby,
        )

    def frame(self, identity: Identity, me: Me | None, *, now_ms: int) -> bytes:
        """One client's snapshot."""
        own = b',"server_time_ms":%d,"role":%b,"me":%b}' % (
            now_ms,
            _encoder.encode(identity.role),
            _encoder.encode(me),
        )
        return text_frame(self._shared + own)
