"""Routes of hosts and of their own sessions."""

from gateway.access.identity import Role
from gateway.api.hosting import HostingHandlers, SessionBody, SessionOpened, SessionsListed
from gateway.api.hosts import HostAdmitted, HostBody, HostFound, HostHandlers
from gateway.api.operation import Operation
from gateway.api.paging import PAGE_QUERY
from gateway.api.routes.rates import a_minute


def host_operations(hosts: HostHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="admit_host",
            method="POST",
            path="/api/hosts",
            summary="Become a host: a guest, where guests are let in. 403 where they are not.",
            handler=hosts.admit,
            body=HostBody,
            replies={201: HostAdmitted},
            errors=(400, 403, 413, 422, 429, 503),
            limit=a_minute(120),
        ),
        Operation(
            name="show_host",
            method="GET",
            path="/api/hosts/me",
            summary="Whose token this is.",
            handler=hosts.show,
            token=Role.AUTHOR,
            replies={200: HostFound},
            errors=(401,),
        ),
        Operation(
            name="renew_host",
            method="POST",
            path="/api/hosts/me/tokens",
            summary="A fresh token for the same host.",
            handler=hosts.renew,
            token=Role.AUTHOR,
            replies={201: HostAdmitted},
            errors=(401, 429),
            limit=a_minute(120),
        ),
    )


def hosting_operations(hosting: HostingHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="open_session",
            method="POST",
            path="/api/sessions",
            summary="Open a session of a quiz of one's own: its lobby takes players from now on.",
            handler=hosting.open,
            body=SessionBody,
            token=Role.AUTHOR,
            replies={201: SessionOpened},
            errors=(400, 401, 404, 413, 422, 429, 503),
            limit=a_minute(2_000),
        ),
        Operation(
            name="list_sessions",
            method="GET",
            path="/api/sessions",
            summary="One's own sessions, the latest first.",
            handler=hosting.index,
            query=PAGE_QUERY,
            token=Role.AUTHOR,
            replies={200: SessionsListed},
            errors=(401, 422, 429, 503),
            limit=a_minute(600),
        ),
        Operation(
            name="mint_host_token",
            method="POST",
            path="/api/sessions/{session_id}/host-tokens",
            summary="A host token for a session of one's own: to come back to it, or to drive it from a phone.",
            handler=hosting.host_token,
            token=Role.AUTHOR,
            replies={201: SessionOpened},
            errors=(401, 404, 429, 503),
            limit=a_minute(600),
        ),
    )
