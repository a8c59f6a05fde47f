/** A WebSocket that a test opens, speaks through and closes. */

import type { ServerMessage } from "../src/client/protocol.gen";

export class FakeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  readonly sent: Array<Record<string, unknown>> = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }

  say(message: ServerMessage): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) }));
  }

  drop(): void {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new Event("close"));
  }

  /** What was sent, but for pings. */
  get said(): Array<Record<string, unknown>> {
    return this.sent.filter((message) => message["type"] !== "ping");
  }
}
