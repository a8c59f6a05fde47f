/**
 * The protocol's client (docs/protocol.md): one WebSocket after another, and its user sees one unbroken feed.
 *
 * Owns connecting, hello and resume by the last number, heartbeats, the clock's exchanges, back-off. Knows no DOM
 * and judges no answer: `onMessage` gets every message after the view took it.
 */

import { Backoff } from "./backoff.js";

const CONNECT_TIMEOUT_MS = 8_000;
const PING_EVERY_MS = 5_000;
const PONG_TIMEOUT_MS = 5_000;
const TICK_MS = 500;
const FEED_TYPES = new Set(["snapshot", "session", "leaderboard", "lobby"]);

/** The address of this page's own WebSocket. */
export function socketUrl(location) {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
}

export class Feed {
  /** "connecting" before the first welcome, then "open" or "reconnecting"; "refused" and "stopped" are final. */
  state = "connecting";
  #options;
  #socket = null;
  #ticker = null;
  #retry = null;
  #backoff = new Backoff();
  #connectedMs = 0;
  #heardMs = 0;
  #asked = { id: "", askedMs: 0 };
  #pings = 0;

  /**
   * @param options `url`; `identity`: { token } or { code }; `view`: a FeedView; `clock`: a ServerClock;
   *   `toSend(fresh)`: messages to send now, asked on each welcome (fresh) and twice a second;
   *   `onMessage(message)`; `onState(state)`; `onRefused({code, message})`: the server will not have us;
   *   `connect(url)`: makes a WebSocket.
   */
  constructor(options) {
    this.#options = { toSend: () => [], connect: (url) => new WebSocket(url), ...options };
  }

  start() {
    this.#open();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    this.#end("stopped");
  }

  /** False when there is no welcome yet: `toSend` is asked again as soon as there is one. */
  send(message) {
    if (this.state !== "open" || this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The device woke up or came back online: look at once instead of waiting the back-off out. */
  hurry() {
    if (this.#retry !== null) {
      this.#backoff.reset();
      this.#open();
    } else if (this.state === "open") {
      this.#ask();
    }
  }

  #open() {
    clearTimeout(this.#retry);
    this.#retry = null;
    const { url, connect, clock } = this.#options;
    const socket = connect(url);
    this.#socket = socket;
    this.#connectedMs = this.#heardMs = clock.ticks();
    // Events of a socket that was given up on must not touch its successor.
    const mine = (act) => (event) => this.#socket === socket && act(event);
    socket.addEventListener(
      "open",
      mine(() => this.#greet()),
    );
    socket.addEventListener(
      "message",
      mine((event) => this.#hear(event.data)),
    );
    socket.addEventListener(
      "close",
      mine(() => this.#lose()),
    );
  }

  #greet() {
    const { identity, view, clock } = this.#options;
    clock.distrust();
    this.#connectedMs = this.#heardMs = clock.ticks();
    const hello = { type: "hello", ...identity };
    if (view.seq !== null) hello.last_seq = view.seq;
    this.#socket.send(JSON.stringify(hello));
    // When there is nothing newer than last_seq, this ping's pong is the first word that comes back.
    this.#ask();
  }

  #ask() {
    const askedMs = this.#options.clock.ticks();
    this.#pings += 1;
    this.#asked = { id: `p${this.#pings}`, askedMs };
    this.#socket.send(JSON.stringify({ type: "ping", id: this.#asked.id }));
  }

  #hear(text) {
    this.#heardMs = this.#options.clock.ticks();
    const message = parsed(text);
    if (message === null) return;
    this.#observeTime(message);
    if (FEED_TYPES.has(message.type) && this.#options.view.apply(message) === "gap") {
      this.#lose();
      return;
    }
    if (message.type === "error" && !message.id && !message.retry && this.state !== "open") {
      this.#end("refused");
      this.#options.onRefused({ code: message.code, message: message.message });
      return;
    }
    if (this.state !== "open" && message.type !== "error" && this.#options.view.isReady) this.#welcome();
    this.#options.onMessage(message);
  }

  #observeTime(message) {
    const { clock } = this.#options;
    if (message.type === "snapshot") clock.observe(this.#connectedMs, message.server_time_ms);
    if (message.type !== "pong" || message.id !== this.#asked.id) return;
    clock.observe(this.#asked.askedMs, message.server_time_ms);
  }

  #welcome() {
    this.#backoff.reset();
    this.#enter("open");
    this.#flush(true);
  }

  #flush(fresh) {
    for (const message of this.#options.toSend(fresh)) this.send(message);
  }

  #tick() {
    if (this.#socket === null) return;
    const nowMs = this.#options.clock.ticks();
    if (this.#isSilent(nowMs)) {
      this.#lose();
      return;
    }
    if (this.state !== "open") return;
    if (nowMs - this.#asked.askedMs > PING_EVERY_MS) this.#ask();
    this.#flush(false);
  }

  /** Measured from a ping that nothing followed: a page in the background may tick but once a minute. */
  #isSilent(nowMs) {
    if (this.state !== "open") return nowMs - this.#connectedMs > CONNECT_TIMEOUT_MS;
    const { askedMs } = this.#asked;
    return this.#heardMs < askedMs && nowMs - askedMs > PONG_TIMEOUT_MS;
  }

  #lose() {
    this.#drop();
    this.#enter("reconnecting");
    this.#retry = setTimeout(() => this.#open(), this.#backoff.next());
  }

  #end(state) {
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#drop();
    this.#enter(state);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.#options.onState(state);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a frame that is no JSON tells nothing; numbers show whether something was missed
  }
}
