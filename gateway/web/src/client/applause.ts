/**
 * What the room's screen shows of reactions: how many came, and a bounded number of signs that rise one after another
 * in two lanes. Pure but for `now`. More signs than there is room for are left out; the counts have them.
 */

import type { Reaction, Reactions, ServerMessage } from "./protocol.gen";
import { takesReactions, type View } from "./view";

export interface Sign {
  readonly key: number;
  readonly reaction: Reaction;
  readonly lane: 0 | 1;
  readonly waitMs: number;
}

export const REACTIONS = ["heart", "laugh", "wow", "tricky", "bravo"] as const satisfies readonly Reaction[];
// Of one kind, for one message.
const MOST_ALIKE = 3;
const APART_MS = 450;
const LONGEST_WAIT_MS = 2_000;
export const MOST_RISING = 24;

export class Applause {
  counts: ReadonlyMap<Reaction, number> = new Map();
  rising: readonly Sign[] = [];
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #freeMs: [number, number] = [0, 0];
  #signs = 0;

  /** `now`: milliseconds that only grow. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Called after each change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether the message was of reactions. One that comes after its screen, and a kind not known, is passed over. */
  hear(message: ServerMessage, view: View): boolean {
    if (message.type !== "reactions") return false;
    if (takesReactions(view)) this.#add(message);
    return true;
  }

  /** A sign has reached the top. */
  landed(key: number): void {
    this.rising = this.rising.filter((sign) => sign.key !== key);
    this.#tell();
  }

  /** For the next screen, which is applauded anew. */
  clear(): void {
    this.counts = new Map();
    this.rising = [];
    this.#freeMs = [0, 0];
    this.#tell();
  }

  #add({ counts }: Reactions): void {
    const known = REACTIONS.map((reaction) => [reaction, counts[reaction] ?? 0] as const);
    this.counts = new Map(known.map(([reaction, count]) => [reaction, (this.counts.get(reaction) ?? 0) + count]));
    for (let round = 0; round < MOST_ALIKE; round += 1)
      for (const [reaction, count] of known) if (count > round) this.#raise(reaction);
    this.#tell();
  }

  #raise(reaction: Reaction): void {
    const nowMs = this.#now();
    const lane = this.#freeMs[0] <= this.#freeMs[1] ? 0 : 1;
    const waitMs = Math.max(0, this.#freeMs[lane] - nowMs);
    if (waitMs > LONGEST_WAIT_MS || this.rising.length >= MOST_RISING) return;
    this.#freeMs[lane] = nowMs + waitMs + APART_MS;
    this.#signs += 1;
    this.rising = [...this.rising, { key: this.#signs, reaction, lane, waitMs }];
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
