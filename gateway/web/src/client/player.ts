/** A player in a session: the feed, and answers that arrive once whatever happens to the connection or the page. */

import { randomId } from "./api";
import { Feed, type FeedOptions } from "./feed";
import type { Outbox, OwnAnswer } from "./outbox";
import { OwnPace } from "./own_pace";
import type {
  ClientMessage,
  Error as ErrorMessage,
  OutcomeBody,
  Reaction,
  ServerMessage,
  Value,
} from "./protocol.gen";
import { hasAnswered, type View } from "./view";

// More than one within this time would not count.
const REACT_EVERY_MS = 500;

type Options = Omit<FeedOptions, "identity" | "toSend"> & { token: string; outbox: Outbox };

export class PlayerClient {
  readonly feed: Feed;
  /** In a self-paced session. */
  readonly pace = new OwnPace();
  readonly #outbox: Outbox;
  #reactedMs = Number.NEGATIVE_INFINITY;

  constructor({ token, outbox, onMessage, ...options }: Options) {
    this.#outbox = outbox;
    this.feed = new Feed({
      ...options,
      identity: { token },
      toSend: (fresh) => this.#due(fresh),
      onMessage: (message) => {
        this.#settle(message);
        this.#catchUp(message);
        onMessage?.(message);
      },
    });
  }

  /** Give an answer. It is sent until the server has said that it is safe, or why it does not count. */
  answer(question: number, value: Value): void {
    this.#outbox.add({ id: randomId(), question, value });
    for (const message of this.#outbox.takeDue(this.feed.clock.ticks())) this.feed.send(message);
  }

  /** In a self-paced session: ask for the question after the present one, until it comes or is refused. */
  openNext(): void {
    this.#open(this.pace.opened);
  }

  /** Whether it was sent. Nothing tells whether it arrived, and nothing is repeated. */
  react(reaction: Reaction): boolean {
    const nowMs = this.feed.clock.ticks();
    if (nowMs - this.#reactedMs < REACT_EVERY_MS || !this.feed.send({ type: "react", reaction })) return false;
    this.#reactedMs = nowMs;
    return true;
  }

  answerTo(question: number): OwnAnswer | null {
    return this.#outbox.answerTo(question);
  }

  #open(question: number): void {
    this.pace.ask({ id: randomId(), question });
    for (const message of this.pace.takeDue(this.feed.clock.ticks())) this.feed.send(message);
  }

  #due(fresh: boolean): ClientMessage[] {
    const nowMs = this.feed.clock.ticks();
    const answers = this.#outbox.takeDue(nowMs, {
      fresh,
      uncertain: this.#uncertain(),
      awaited: this.#awaited(),
    });
    return [...this.pace.takeDue(nowMs, { fresh }), ...answers];
  }

  /** What the board counts outweighs the refusal of its repetition. */
  #settle(message: ServerMessage): void {
    if (message.type === "ack") this.#outbox.acknowledge(message.id);
    if (message.type === "question") this.pace.open(message);
    if (message.type === "result") this.pace.show(message);
    if (message.type === "outcome") this.#refuse(message.answer_id, message);
    if (message.type === "error" && message.id && !message.retry) this.#refuse(message.id, message);
  }

  #refuse(id: string, refusal: OutcomeBody | ErrorMessage): void {
    if (this.pace.refuse(id, refusal)) return;
    if (refusal.type === "outcome" && this.#counts(refusal.question)) return;
    this.#outbox.refuse(id, refusal);
  }

  #counts(question: number): boolean {
    return hasAnswered(this.#view, question) || this.pace.resultOf(question) !== null;
  }

  /** After a refresh, or when another device went ahead: the question that was opened last is asked for again. */
  #catchUp(message: ServerMessage): void {
    if (message.type !== "snapshot" || message.session.phase !== "running") return;
    const opened = message.me?.opened ?? 0;
    if (opened > this.pace.opened) this.#open(opened - 1);
  }

  /** The present question, unless the server has said that it counts an answer of ours to it. */
  #uncertain(): number | null {
    const index = this.#present();
    return index !== null && !this.#counts(index) ? index : null;
  }

  /** The present question of a self-paced session that shows results at once, until it has shown this one. */
  #awaited(): number | null {
    const { current } = this.pace;
    if (current === null || this.#view.session?.settings?.results === "at_close") return null;
    const { index } = current.question;
    return this.pace.resultOf(index) === null ? index : null;
  }

  #present(): number | null {
    return (this.#view.session?.question ?? this.pace.current?.question)?.index ?? null;
  }

  get #view(): View {
    return this.feed.view;
  }
}
