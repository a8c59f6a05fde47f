/** A host's commands: each is meant for one version of the session, so a second press does nothing twice. */

import { command, Refused } from "./api";
import type { Command, SessionOpened } from "./api.gen";
import type { Feed } from "./feed";

export class Drive {
  /** Why the last command was not done; null when all is well. */
  problem: unknown = null;
  readonly #hosted: SessionOpened;
  readonly #feed: Feed;
  readonly #onChange: () => void;
  #version: number;
  #isAsking = false;

  constructor(hosted: SessionOpened, { feed, onChange }: { feed: Feed; onChange: () => void }) {
    this.#hosted = hosted;
    this.#feed = feed;
    this.#onChange = onChange;
    this.#version = hosted.version;
  }

  /** A command is on its way, or its effect has not come through the feed yet. */
  get isBusy(): boolean {
    return this.#isAsking || (this.#feed.view.session?.version ?? 0) < this.#version;
  }

  async command(name: Command): Promise<void> {
    const { session } = this.#feed.view;
    if (this.isBusy || session === null) return;
    this.#version = session.version;
    this.#change(true, null);
    const asking = { token: this.#hosted.host_token, deadlineMs: 20_000 };
    try {
      const done = await command(this.#hosted.session_id, { command: name, version: session.version }, asking);
      this.#version = done.version;
      this.#change(false, null);
    } catch (error) {
      // A stale command tells how far the session is by now: wait until the feed has shown that.
      if (error instanceof Refused) this.#version = Math.max(this.#version, error.version ?? 0);
      // A repeated request whose first reply was lost is stale too: the feed shows what it did.
      const isStale = error instanceof Refused && error.code === "command_stale";
      this.#change(false, isStale ? null : error);
    }
  }

  #change(isAsking: boolean, problem: unknown): void {
    this.#isAsking = isAsking;
    this.problem = problem;
    this.#onChange();
  }
}
