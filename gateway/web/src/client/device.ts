/** A random name for this browser, kept: what a host's ban keeps out. It says nothing about who uses it. */

import { randomId } from "./api";

const KEY = "quizline.device";

export function deviceId(): string {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept) return kept;
    const made = randomId();
    localStorage.setItem(KEY, made);
    return made;
  } catch {
    return ""; // storage is forbidden: the server takes a player without one
  }
}
