/**
 * What survives a refresh: kept in sessionStorage, so each tab is its own player and closing it forgets the token.
 * A browser that forbids storage still plays; it only forgets on refresh.
 */

const PREFIX = "quizline.";

export function load<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

export function save(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // storage is full or forbidden: see above
  }
}

export function forget(...keys: string[]): void {
  try {
    for (const key of keys) sessionStorage.removeItem(PREFIX + key);
  } catch {
    // see above
  }
}
