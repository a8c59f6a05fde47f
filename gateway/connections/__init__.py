"""One client's WebSocket: the socket, its frames, its state, what it may send. Knows nothing of sessions."""
