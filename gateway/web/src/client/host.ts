/**
 * A host's commands: each is meant for one version of the session, so a second press does nothing twice. The timeless
 * ones (lock, unlock, kick, ban) mean the same whatever the version.
 */

import { command, Refused } from "./api";
import type { Command, CommandBody, SessionOpened } from "./api.gen";
import type { Feed } from "./feed";

const TIMELESS: ReadonlySet<Command> = new Set(["lock", "unlock", "kick", "ban"]);

/** What some commands bring with them. */
export type Details = Pick<CommandBody, "extend_ms" | "player_id">;

export class Drive {
  /** Why the last command was not done; null when all is well. */
  problem: unknown = null;
  readonly hosted: SessionOpened;
  readonly #feed: Feed;
  readonly #onChange: () => void;
  #version: number;
  #isAsking = false;

  constructor(hosted: SessionOpened, { feed, onChange }: { feed: Feed; onChange: () => void }) {
    this.hosted = hosted;
    this.#feed = feed;
    this.#onChange = onChange;
    this.#version = hosted.version;
  }

  /** A command is on its way, or its effect has not come through the feed yet. */
  get isBusy(): boolean {
    return this.#isAsking || (this.#feed.view.session?.version ?? 0) < this.#version;
  }

  /** Whether it was done. */
  async command(name: Command, details: Details = {}): Promise<boolean> {
    const { session } = this.#feed.view;
    if (session === null || this.#isAsking || (this.isBusy && !TIMELESS.has(name))) return false;
    this.#version = Math.max(this.#version, session.version);
    this.#change(true, null);
    const body: CommandBody = {
      command: name,
      ...details,
      ...(TIMELESS.has(name) ? {} : { version: session.version }),
    };
    try {
      const done = await command(this.hosted.session_id, body, {
        token: this.hosted.host_token,
        deadlineMs: 20_000,
      });
      this.#version = done.version;
      this.#change(false, null);
      return true;
    } catch (error) {
      // A stale command tells how far the session is by now: wait until the feed has shown that.
      if (error instanceof Refused) this.#version = Math.max(this.#version, error.version ?? 0);
      // A repeated request whose first reply was lost is stale too: the feed shows what it did.
      const isStale = error instanceof Refused && error.code === "command_stale";
      this.#change(false, isStale ? null : error);
      return isStale;
    }
  }

  #change(isAsking: boolean, problem: unknown): void {
    this.#isAsking = isAsking;
    this.problem = problem;
    this.#onChange();
  }
}
