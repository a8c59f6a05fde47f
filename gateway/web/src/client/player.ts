/** A player in a session: the feed, and answers that arrive once whatever happens to the connection or the page. */

import { randomId } from "./api";
import { Feed, type FeedOptions } from "./feed";
import type { Outbox, OwnAnswer } from "./outbox";
import type { ServerMessage, Value } from "./protocol.gen";
import { hasAnswered, type View } from "./view";

type Options = Omit<FeedOptions, "identity" | "toSend"> & { token: string; outbox: Outbox };

export class PlayerClient {
  readonly feed: Feed;
  readonly #outbox: Outbox;

  constructor({ token, outbox, onMessage, ...options }: Options) {
    this.#outbox = outbox;
    this.feed = new Feed({
      ...options,
      identity: { token },
      toSend: (fresh) => outbox.takeDue(this.feed.clock.ticks(), { fresh, uncertain: this.#uncertain() }),
      onMessage: (message) => {
        this.#settle(message);
        onMessage?.(message);
      },
    });
  }

  /** Give an answer. It is sent until the server has said that it is safe, or why it does not count. */
  answer(question: number, value: Value): void {
    this.#outbox.add({ id: randomId(), question, value });
    for (const message of this.#outbox.takeDue(this.feed.clock.ticks())) this.feed.send(message);
  }

  answerTo(question: number): OwnAnswer | null {
    return this.#outbox.answerTo(question);
  }

  /** What the board counts outweighs the refusal of its repetition. */
  #settle(message: ServerMessage): void {
    if (message.type === "ack") this.#outbox.acknowledge(message.id);
    if (message.type === "outcome" && !hasAnswered(this.#view, message.question))
      this.#outbox.refuse(message.answer_id, message);
    if (message.type === "error" && message.id && !message.retry) this.#outbox.refuse(message.id, message);
  }

  /** The present question, unless the server has said that it counts an answer of ours to it. */
  #uncertain(): number | null {
    const question = this.#view.session?.question;
    return question && !hasAnswered(this.#view, question.index) ? question.index : null;
  }

  get #view(): View {
    return this.feed.view;
  }
}
