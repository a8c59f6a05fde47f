/**
 * How long to wait before the next attempt: exponential with jitter, so that a hall full of phones does not come
 * back as one. At least half of the ceiling, because a delay near zero would only meet the same fault again.
 */

export class Backoff {
  #ceilingMs;

  constructor({ firstMs = 250, limitMs = 3_000, random = Math.random } = {}) {
    this.firstMs = firstMs;
    this.limitMs = limitMs;
    this.random = random;
    this.#ceilingMs = firstMs;
  }

  /** Milliseconds until the next attempt. */
  next() {
    const delayMs = this.#ceilingMs * (0.5 + this.random() / 2);
    this.#ceilingMs = Math.min(this.limitMs, this.#ceilingMs * 2);
    return delayMs;
  }

  /** An attempt succeeded. */
  reset() {
    this.#ceilingMs = this.firstMs;
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
