/**
 * The gateway's HTTP API. A refusal by a rule and a passing fault are told apart, because only the second is worth
 * asking again.
 */

import { Backoff, pause } from "./backoff.js";

const ATTEMPT_TIMEOUT_MS = 15_000;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The server said no by a rule. `version`: the session's present one, where a stale command is told it. */
export class Refused extends Error {
  constructor(code, message, { status = 0, version = null } = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.version = version;
  }
}

/** Nobody answered in time; asking again may help. */
export class Unavailable extends Error {}

/** 128 random bits as hex. (randomUUID is missing where a phone opens the page without https.) */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * One request, repeated through passing faults for `deadlineMs`: so only for what may arrive twice.
 * Returns { status, body }. Throws Refused or Unavailable. `onWait` is told each time it must try again.
 */
export async function call(method, path, { body, token, deadlineMs = 30_000, onWait = () => {} } = {}) {
  const giveUpMs = performance.now() + deadlineMs;
  const backoff = new Backoff();
  for (;;) {
    const problem = await attempt(method, path, { body, token }).catch((error) => error);
    if (!(problem instanceof Unavailable)) {
      if (problem instanceof Error) throw problem;
      return problem;
    }
    const delayMs = backoff.next();
    if (performance.now() + delayMs > giveUpMs) throw problem;
    onWait();
    await pause(delayMs);
  }
}

/** Join a session. Returns { player_id, session_id, nickname, token }. One `requestId` makes one player. */
export async function join({ code, nickname, requestId, deadlineMs = 90_000, onWait = () => {} }) {
  const giveUpMs = performance.now() + deadlineMs;
  const body = { nickname, request_id: requestId };
  while (performance.now() < giveUpMs) {
    const path = `/api/sessions/${encodeURIComponent(code)}/players`;
    const reply = await call("POST", path, { body, deadlineMs: giveUpMs - performance.now(), onWait });
    if (reply.status !== 202) return reply.body;
    onWait();
    const joined = await joinOutcome(reply.body.location, giveUpMs);
    if (joined) return joined;
  }
  throw new Unavailable("expected an outcome in time, got none");
}

/** Ask at the place that the 202 named; null when it is time to request again. */
async function joinOutcome(location, giveUpMs) {
  const backoff = new Backoff({ limitMs: 1_000 });
  const patienceEndsMs = Math.min(giveUpMs, performance.now() + 10_000);
  while (performance.now() < patienceEndsMs) {
    await pause(backoff.next());
    const reply = await call("GET", location, { deadlineMs: 10_000 });
    if (reply.status !== 202) return reply.body;
  }
  return null;
}

async function attempt(method, path, { body, token }) {
  const headers = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  let content;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
    });
    content = await response.json().catch(() => null);
  } catch (error) {
    throw new Unavailable(error.message);
  }
  if (response.ok) return { status: response.status, body: content };
  if (PASSING.has(response.status)) throw new Unavailable(`expected an answer, got status ${response.status}`);
  const problem = content?.error ?? {};
  throw new Refused(problem.code ?? `http_${response.status}`, problem.message ?? "", {
    status: response.status,
    version: problem.version ?? content?.version ?? null,
  });
}
