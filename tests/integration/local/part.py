"""A part for the supervisor's tests: `python part.py PORT [stubborn] [parent]` answers PONG.

A stubborn one takes no notice of SIGTERM. A parent has a child of its own, whose process id it prints.
"""

import signal
import socketserver
import subprocess
import sys


class Pong(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(64)
        self.request.sendall(b"PONG")


class Server(socketserver.TCPServer):
    allow_reuse_address = True


def main() -> None:
    if "stubborn" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "parent" in sys.argv:
        child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
        print(f"child {child.pid}", flush=True)
    with Server(("127.0.0.1", int(sys.argv[1])), Pong) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
