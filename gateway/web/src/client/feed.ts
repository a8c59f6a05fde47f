/**
 * The protocol's client (docs/protocol.md): one WebSocket after another, and its user sees one unbroken feed.
 *
 * Owns connecting, hello and resume by the last number, heartbeats, the clock's exchanges, back-off. Knows no page
 * and judges no answer: `onMessage` gets every message after the view took it.
 */

import { Backoff } from "./backoff";
import { ServerClock } from "./clock";
import { isOfFeed, parse } from "./messages";
import type { Refusal } from "./outbox";
import type { ClientMessage, Error as ErrorMessage, ServerMessage } from "./protocol.gen";
import { fold, isLive, NOTHING, type View } from "./view";

const CONNECT_TIMEOUT_MS = 8_000;
const PING_EVERY_MS = 5_000;
const PONG_TIMEOUT_MS = 5_000;
const TICK_MS = 500;
// Of an error without an id: asking again would be told the same (docs/protocol.md, "Close codes").
const FINAL: ReadonlySet<string> = new Set([
  "token_invalid",
  "session_unknown",
  "player_removed",
  "spectators_not_allowed",
]);

/** "connecting" before the first welcome; "refused" and "stopped" are final. */
export type FeedState = "connecting" | "open" | "reconnecting" | "refused" | "stopped";

export type Identity = { token: string } | { code: string };

export interface FeedOptions {
  url: string;
  identity: Identity;
  clock?: ServerClock;
  /** Messages to send now: asked on each welcome (`fresh`) and twice a second. */
  toSend?: (fresh: boolean) => ClientMessage[];
  onMessage?: (message: ServerMessage) => void;
  onState?: (state: FeedState) => void;
  /** The server will not have us. */
  onRefused?: (refusal: Refusal) => void;
  /** Makes a WebSocket. */
  connect?: (url: string) => WebSocket;
}

export class Feed {
  view: View = NOTHING;
  state: FeedState = "connecting";
  readonly clock: ServerClock;
  readonly #options: FeedOptions;
  readonly #backoff = new Backoff();
  #socket: WebSocket | null = null;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #connectedMs = 0;
  #heardMs = 0;
  #asked = { id: "", askedMs: 0 };
  #pings = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.clock = options.clock ?? new ServerClock();
  }

  start(): void {
    this.#open();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    this.#end("stopped");
  }

  /** False when there is no welcome yet: `toSend` is asked again as soon as there is one. */
  send(message: ClientMessage): boolean {
    if (this.state !== "open" || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The device woke up or came back online: look at once instead of waiting the back-off out. */
  hurry(): void {
    if (this.#retry !== null) {
      this.#backoff.reset();
      this.#open();
    } else if (this.state === "open") {
      this.#ask();
    }
  }

  #open(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    const { url, connect = (address) => new WebSocket(address) } = this.#options;
    const socket = connect(url);
    this.#socket = socket;
    this.#connectedMs = this.#heardMs = this.clock.ticks();
    // Events of a socket that was given up on must not touch its successor.
    const isMine = () => this.#socket === socket;
    socket.addEventListener("open", () => isMine() && this.#greet(socket));
    socket.addEventListener("message", (event) => isMine() && this.#hear(event.data));
    socket.addEventListener("close", () => isMine() && this.#lose());
  }

  #greet(socket: WebSocket): void {
    this.clock.distrust();
    this.#connectedMs = this.#heardMs = this.clock.ticks();
    const { seq } = this.view;
    const hello: ClientMessage = {
      type: "hello",
      ...this.#options.identity,
      ...(seq === null ? {} : { last_seq: seq }),
    };
    socket.send(JSON.stringify(hello));
    // When there is nothing newer than last_seq, this ping's pong is the first word that comes back.
    this.#ask();
  }

  #ask(): void {
    this.#pings += 1;
    this.#asked = { id: `p${this.#pings}`, askedMs: this.clock.ticks() };
    const ping: ClientMessage = { type: "ping", id: this.#asked.id };
    this.#socket?.send(JSON.stringify(ping));
  }

  #hear(text: unknown): void {
    this.#heardMs = this.clock.ticks();
    const message = parse(text);
    if (message === null) return;
    this.#observeTime(message);
    if (isOfFeed(message)) {
      const next = fold(this.view, message);
      if (next === "gap") {
        this.#lose();
        return;
      }
      this.view = next;
    }
    if (message.type === "error" && this.#isFinal(message)) {
      this.#end("refused");
      this.#options.onRefused?.({ code: message.code, message: message.message });
      return;
    }
    if (this.state !== "open" && message.type !== "error" && isLive(this.view)) this.#welcome();
    this.#options.onMessage?.(message);
  }

  /** Of a welcome one too: the host may put a player out. */
  #isFinal(error: ErrorMessage): boolean {
    if (error.id || error.retry) return false;
    return this.state !== "open" || FINAL.has(error.code);
  }

  #observeTime(message: ServerMessage): void {
    if (message.type === "snapshot") this.clock.observe(this.#connectedMs, message.server_time_ms);
    if (message.type === "pong" && message.id === this.#asked.id)
      this.clock.observe(this.#asked.askedMs, message.server_time_ms);
  }

  #welcome(): void {
    this.#backoff.reset();
    this.#enter("open");
    this.#flush(true);
  }

  #flush(fresh: boolean): void {
    for (const message of this.#options.toSend?.(fresh) ?? []) this.send(message);
  }

  #tick(): void {
    if (this.#socket === null) return;
    const nowMs = this.clock.ticks();
    if (this.#isSilent(nowMs)) {
      this.#lose();
      return;
    }
    if (this.state !== "open") return;
    if (nowMs - this.#asked.askedMs > PING_EVERY_MS) this.#ask();
    this.#flush(false);
  }

  /** Measured from a ping that nothing followed: a page in the background may tick but once a minute. */
  #isSilent(nowMs: number): boolean {
    if (this.state !== "open") return nowMs - this.#connectedMs > CONNECT_TIMEOUT_MS;
    const { askedMs } = this.#asked;
    return this.#heardMs < askedMs && nowMs - askedMs > PONG_TIMEOUT_MS;
  }

  #lose(): void {
    this.#drop();
    this.#enter("reconnecting");
    this.#retry = setTimeout(() => this.#open(), this.#backoff.next());
  }

  #end(state: FeedState): void {
    clearInterval(this.#ticker);
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#drop();
    this.#enter(state);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #enter(state: FeedState): void {
    if (this.state === state) return;
    this.state = state;
    this.#options.onState?.(state);
  }
}

/** The address of a page's own WebSocket. */
export const socketUrl = ({ protocol, host }: { protocol: string; host: string }): string =>
  `${protocol === "https:" ? "wss" : "ws"}://${host}/ws`;
