/**
 * Saves a draft a moment after each change, on top of the revision that it was made from. Somebody else's save (another
 * tab or device) is never overwritten in silence: the state is "conflict" then, until one of both is chosen.
 */

import { Unavailable } from "../client/api";
import type { DraftBody, DraftSaved, DraftShown, QuizProblem } from "../client/api.gen";
import { isStale } from "../client/host_drafts";
import { type Document, fromSaved, toSaved } from "./document";

const PAUSE_MS = 800;
const AGAIN_MS = 5_000;

export type SaveState = "saved" | "unsaved" | "saving" | "away" | "conflict" | "failed";

/** Where drafts are kept. */
export interface Drafts {
  save: (body: DraftBody) => Promise<DraftSaved>;
  show: () => Promise<DraftShown>;
}

export class Autosave {
  state: SaveState = "saved";
  /** Why it failed, where it did. */
  problem: unknown = null;
  /** What the server still misses. */
  problems: readonly QuizProblem[] = [];
  /** Somebody else's, in a conflict. */
  theirs: DraftShown | null = null;
  revision: number;
  readonly #drafts: Drafts;
  readonly #onChange: () => void;
  #document: Document;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;

  constructor(
    document: Document,
    revision: number,
    { drafts, onChange }: { drafts: Drafts; onChange: () => void },
  ) {
    this.#document = document;
    this.revision = revision;
    this.#drafts = drafts;
    this.#onChange = onChange;
  }

  changed(document: Document): void {
    this.#document = document;
    if (this.state === "conflict") return;
    if (this.state !== "saving" && this.state !== "away") this.#become("unsaved");
    this.#later(PAUSE_MS);
  }

  /** Save what is not saved yet, now. Whether all of it is. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.state !== "saved" && this.state !== "conflict") await this.#save();
    return this.state === "saved";
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** One's own stands, on top of theirs. */
  async keepMine(): Promise<void> {
    this.revision = this.theirs?.revision ?? this.revision;
    this.theirs = null;
    await this.#save();
  }

  /** Theirs stands; what it says. */
  takeTheirs(): Document {
    if (this.theirs === null) return this.#document;
    const { revision, problems } = this.theirs;
    this.#document = fromSaved(this.theirs);
    Object.assign(this, { revision, problems, theirs: null });
    this.#become("saved");
    return this.#document;
  }

  #later(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delayMs);
  }

  async #save(): Promise<void> {
    this.#saving = this.#attempt().finally(() => {
      this.#saving = null;
    });
    await this.#saving;
  }

  async #attempt(): Promise<void> {
    const sent = this.#document;
    const body: DraftBody = { revision: this.revision, title: sent.title, questions: toSaved(sent) };
    // Said until it has come back: each further attempt takes as long as the last one.
    if (this.state !== "away") this.#become("saving");
    try {
      const saved = await this.#drafts.save(body);
      this.revision = saved.revision;
      this.problems = saved.problems;
      this.#become(this.#document === sent ? "saved" : "unsaved");
    } catch (error) {
      if (isStale(error)) await this.#meet(body);
      else this.#fail(error);
    }
    if (this.state === "unsaved") this.#later(PAUSE_MS);
  }

  /** The draft has another revision: our own save whose reply was lost, or somebody else's. */
  async #meet(sent: DraftBody): Promise<void> {
    try {
      const there = await this.#drafts.show();
      const isOurs = there.title === sent.title && isAlike(there.questions, sent.questions ?? []);
      if (!isOurs) {
        this.theirs = there;
        return this.#become("conflict");
      }
      this.revision = there.revision;
      this.problems = there.problems;
      this.#become("saved");
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.problem = error;
    this.#become(error instanceof Unavailable ? "away" : "failed");
    if (this.state === "away") this.#later(AGAIN_MS);
  }

  #become(state: SaveState): void {
    this.state = state;
    this.#onChange();
  }
}

/** The server leaves out what is as usual, so both are opened and closed again first. */
const isAlike = (one: DraftShown["questions"], other: DraftShown["questions"]): boolean =>
  canonical(one) === canonical(other);

const canonical = (questions: DraftShown["questions"]): string =>
  JSON.stringify(
    toSaved(fromSaved({ title: "", questions })).map((question) =>
      Object.entries(question).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
