/**
 * A player's answers on their way: sent, acknowledged or refused; and which to send again. Pure but for `save`,
 * which is told every change so that a refreshed page goes on where it was.
 *
 * An answer leaves the queue by an ack or a refusal, never by itself; its id never changes, so it counts once.
 */

import type { Answer, Value } from "./protocol.gen";

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface OwnAnswer {
  readonly id: string;
  readonly question: number;
  readonly value: Value;
  state: "unsent" | "acked" | "refused";
  refusal: Refusal | null;
  sentMs: number | null;
}

interface Due {
  fresh: boolean;
  uncertain: number | null;
  awaited: number | null;
}

interface Options {
  answers?: readonly OwnAnswer[];
  save?: (answers: readonly OwnAnswer[]) => void;
  patienceMs?: number;
}

export class Outbox {
  readonly #answers: OwnAnswer[];
  readonly #save: (answers: readonly OwnAnswer[]) => void;
  readonly #patienceMs: number;

  constructor({ answers = [], save = () => {}, patienceMs = 2_000 }: Options = {}) {
    this.#answers = answers.map((answer) => ({ ...answer, sentMs: null }));
    this.#save = save;
    this.#patienceMs = patienceMs;
  }

  /** The present answer to a question: the last one given. */
  answerTo(question: number): OwnAnswer | null {
    return this.#answers.findLast((answer) => answer.question === question) ?? null;
  }

  add({ id, question, value }: { id: string; question: number; value: Value }): void {
    this.#answers.push({ id, question, value, state: "unsent", refusal: null, sentMs: null });
    this.#save(this.#answers);
  }

  /**
   * What is due. On a fresh connection all that is unsettled, and the acknowledged answer to the `uncertain` question,
   * if one is named: a refusal that came while away is told again only to the answer's repetition. Otherwise what
   * had no word for `patienceMs`: of the answer to the `awaited` question, none of its result.
   */
  takeDue(nowMs: number, { fresh = false, uncertain = null, awaited = null }: Partial<Due> = {}) {
    const due = this.#answers.filter((answer) => {
      const isOverdue = answer.sentMs === null || nowMs - answer.sentMs >= this.#patienceMs;
      if (answer.state === "acked")
        return (fresh && answer.question === uncertain) || (isOverdue && answer.question === awaited);
      return answer.state === "unsent" && (fresh || isOverdue);
    });
    for (const answer of due) answer.sentMs = nowMs;
    return due.map(({ id, question, value }): Answer => ({ type: "answer", id, question, value }));
  }

  acknowledge(id: string): void {
    this.#settle(id, "acked", null);
  }

  /** It may follow an ack: the rules are applied after the answer is safe. */
  refuse(id: string, refusal: Refusal): void {
    this.#settle(id, "refused", refusal);
  }

  #settle(id: string, state: OwnAnswer["state"], refusal: Refusal | null): void {
    const answer = this.#answers.find((candidate) => candidate.id === id);
    if (!answer || answer.state === "refused" || answer.state === state) return;
    answer.state = state;
    answer.refusal = refusal;
    this.#save(this.#answers);
  }
}
