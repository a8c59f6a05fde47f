/**
 * The server's clock as this page knows it: an offset to the page's monotonic clock, never to the device's wall
 * clock. The exchange with the shortest round trip errs least, so it is the one that counts (RFC 5905, section 10).
 */

export class ServerClock {
  #offsetMs = null;
  #roundTripMs = Infinity;
  #monotonic;

  /** @param {() => number} monotonic milliseconds that only grow */
  constructor(monotonic = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** False until the first exchange: there is no time to show yet. */
  get isSet() {
    return this.#offsetMs !== null;
  }

  /** Milliseconds of the page's own clock: what `observe` wants to know of the asking. */
  ticks() {
    return this.#monotonic();
  }

  /** Take one exchange, asked at `askedMs` (of `ticks`) and answered now with the server's time. */
  observe(askedMs, serverTimeMs) {
    const answeredMs = this.#monotonic();
    const roundTripMs = Math.max(0, answeredMs - askedMs);
    if (roundTripMs >= this.#roundTripMs) return;
    this.#roundTripMs = roundTripMs;
    this.#offsetMs = serverTimeMs - (askedMs + answeredMs) / 2;
  }

  /** On a new connection: a device that slept has stopped its monotonic clock, so the next exchange wins. */
  distrust() {
    this.#roundTripMs = Infinity;
  }

  /** Unix milliseconds of the server's clock; null before the first exchange. */
  now() {
    return this.#offsetMs === null ? null : this.#monotonic() + this.#offsetMs;
  }
}
