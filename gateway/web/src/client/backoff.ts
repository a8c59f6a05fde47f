/**
 * How long to wait before the next attempt: exponential with jitter, so that a hall full of phones does not come
 * back as one. At least half of the ceiling, because a delay near zero would only meet the same fault again.
 */

interface Options {
  firstMs?: number;
  limitMs?: number;
  random?: () => number;
}

export class Backoff {
  readonly #firstMs: number;
  readonly #limitMs: number;
  readonly #random: () => number;
  #ceilingMs: number;

  constructor({ firstMs = 250, limitMs = 3_000, random = Math.random }: Options = {}) {
    this.#firstMs = firstMs;
    this.#limitMs = limitMs;
    this.#random = random;
    this.#ceilingMs = firstMs;
  }

  /** Milliseconds until the next attempt. */
  next(): number {
    const delayMs = this.#ceilingMs * (0.5 + this.#random() / 2);
    this.#ceilingMs = Math.min(this.#limitMs, this.#ceilingMs * 2);
    return delayMs;
  }

  /** An attempt succeeded. */
  reset(): void {
    this.#ceilingMs = this.#firstMs;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
