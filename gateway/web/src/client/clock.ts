/**
 * The server's clock as this page knows it: an offset to the page's monotonic clock, never to the device's wall
 * clock. The exchange with the shortest round trip errs least, so it is the one that counts (RFC 5905, section 10).
 */

export class ServerClock {
  readonly #monotonic: () => number;
  #offsetMs: number | null = null;
  #roundTripMs = Number.POSITIVE_INFINITY;

  /** `monotonic`: milliseconds that only grow. */
  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Milliseconds of the page's own clock: what `observe` wants to know of the asking. */
  ticks(): number {
    return this.#monotonic();
  }

  /** Take one exchange, asked at `askedMs` (of `ticks`) and answered now with the server's time. */
  observe(askedMs: number, serverTimeMs: number): void {
    const answeredMs = this.#monotonic();
    const roundTripMs = Math.max(0, answeredMs - askedMs);
    if (roundTripMs >= this.#roundTripMs) return;
    this.#roundTripMs = roundTripMs;
    this.#offsetMs = serverTimeMs - (askedMs + answeredMs) / 2;
  }

  /** On a new connection: a device that slept has stopped its monotonic clock, so the next exchange wins. */
  distrust(): void {
    this.#roundTripMs = Number.POSITIVE_INFINITY;
  }

  /** Unix milliseconds of the server's clock; null before the first exchange: there is no time to show yet. */
  now(): number | null {
    return this.#offsetMs === null ? null : this.#monotonic() + this.#offsetMs;
  }
}
