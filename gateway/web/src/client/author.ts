/**
 * The host at this browser, across sessions: a guest, who is known by the token alone. So it is kept in localStorage,
 * where it outlives the tab.
 */

import { call, Refused, Unavailable } from "./api";
import type { HostAdmitted } from "./api.gen";

const KEY = "quizline.author";
const RENEWED = "quizline.author.renewed";
const RENEW_EVERY_MS = 24 * 3_600_000;

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

/** Once a day a fresh token for the same host, so that who comes back stays who they are. */
export async function renewAuthor(): Promise<void> {
  const kept = read();
  const renewedMs = Number(localStorage.getItem(RENEWED) ?? 0);
  if (kept === null || Date.now() - renewedMs < RENEW_EVERY_MS) return;
  try {
    keep(((await call("POST", "/api/hosts/me/tokens", { token: kept })).body as HostAdmitted).token);
  } catch (error) {
    // Not now, then: the old one is good for a while, and its end is seen by whoever uses it.
    if (!(error instanceof Refused || error instanceof Unavailable)) throw error;
  }
}

async function admitted(waiting: { onWait?: () => void }): Promise<string> {
  const { token } = (await call("POST", "/api/hosts", { body: {}, ...waiting })).body as HostAdmitted;
  keep(token);
  return token;
}

function keep(token: string): void {
  try {
    localStorage.setItem(KEY, token);
    localStorage.setItem(RENEWED, String(Date.now()));
  } catch {
    // storage is full or forbidden: a guest for this visit only
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
