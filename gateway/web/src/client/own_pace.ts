/**
 * A player's own way through a self-paced session: the question that was asked for, the one that came, and what the
 * answers gave. Pure.
 *
 * A request leaves by its question or its refusal, never by itself; its id never changes, so it starts one clock.
 */

import type { Refusal } from "./outbox";
import type { Open, QuestionBody, ResultBody } from "./protocol.gen";

interface Request {
  readonly id: string;
  readonly question: number;
  sentMs: number | null;
}

export class OwnPace {
  /** The newest question that came. It may be over, or answered from another device. */
  current: QuestionBody | null = null;
  /** Why the last request was refused; null when it was not. */
  refusal: Refusal | null = null;
  readonly #results = new Map<number, ResultBody>();
  readonly #patienceMs: number;
  #request: Request | null = null;

  constructor({ patienceMs = 2_000 }: { patienceMs?: number } = {}) {
    this.#patienceMs = patienceMs;
  }

  get isAsking(): boolean {
    return this.#request !== null;
  }

  /** How many questions have come so far: also the index of the next one. */
  get opened(): number {
    return this.current === null ? 0 : this.current.question.index + 1;
  }

  /** One request at a time: a second press asks for nothing more. */
  ask({ id, question }: { id: string; question: number }): void {
    if (this.#request !== null) return;
    this.refusal = null;
    this.#request = { id, question, sentMs: null };
  }

  /** The request under way, on a fresh connection or when nothing was heard of it for `patienceMs`. */
  takeDue(nowMs: number, { fresh = false }: { fresh?: boolean } = {}): Open[] {
    const request = this.#request;
    if (request === null) return [];
    const isDue = fresh || request.sentMs === null || nowMs - request.sentMs >= this.#patienceMs;
    if (!isDue) return [];
    request.sentMs = nowMs;
    return [{ type: "open", id: request.id, question: request.question }];
  }

  open(body: QuestionBody): void {
    if (body.request_id === this.#request?.id) this.#request = null;
    if (body.question.index + 1 >= this.opened) this.current = body;
  }

  /** False when `id` is no request's of ours. */
  refuse(id: string, refusal: Refusal): boolean {
    if (id !== this.#request?.id) return false;
    this.#request = null;
    this.refusal = refusal;
    return true;
  }

  show(result: ResultBody): void {
    this.#results.set(result.question, result);
  }

  resultOf(question: number): ResultBody | null {
    return this.#results.get(question) ?? null;
  }
}
