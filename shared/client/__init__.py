"""Quizline's client: what a program needs to host, watch or play a session over HTTP and WebSocket.

    async with open_http() as http:
        host = HostClient(Gateways(http, urls))
        hosted = await host.open_session(await host.create_quiz(title, questions))
        async with await join(Gateways(http, urls), code=hosted.code, nickname="Ada") as player:
            await player.until(lambda view: view.open_question is not None)
            await player.answer(0, choices=(2,))

Reconnecting, resuming and sending again happen inside. What a server did against I4 is kept in `view.violations`.
"""
