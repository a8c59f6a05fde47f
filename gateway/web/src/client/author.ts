/**
 * The host at this browser, across sessions: a guest, who is known by the token alone. So it is kept in localStorage,
 * where it outlives the tab.
 */

import { call, Refused } from "./api";
import type { HostAdmitted } from "./api.gen";

const KEY = "quizline.author";

/** Do what needs the host's token, as the host known here; one who is not known any more becomes another. */
export async function asAuthor<T>(act: (token: string) => Promise<T>, onWait?: () => void): Promise<T> {
  const waiting = onWait ? { onWait } : {};
  const kept = read();
  if (kept === null) return act(await admitted(waiting));
  try {
    return await act(kept);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "token_invalid") throw error;
    return act(await admitted(waiting));
  }
}

async function admitted(waiting: { onWait?: () => void }): Promise<string> {
  const { token } = (await call("POST", "/api/hosts", { body: {}, ...waiting })).body as HostAdmitted;
  try {
    localStorage.setItem(KEY, token);
  } catch {
    // storage is full or forbidden: a guest for this visit only
  }
  return token;
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
