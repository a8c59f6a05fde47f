/**
 * The gateway's HTTP API. A refusal by a rule and a passing fault are told apart, because only the second is worth
 * asking again.
 */

import type {
  CommandBody,
  CommandDone,
  ErrorBody,
  ErrorDetail,
  JoinBody,
  JoinPending,
  PlayerAdmitted,
  PracticeOpened,
  QuizBody,
  QuizProblem,
  QuizPublished,
  RosterFound,
  SessionBody,
  SessionFound,
  SessionOpened,
} from "./api.gen";
import { Backoff, pause } from "./backoff";

const ATTEMPT_TIMEOUT_MS = 15_000;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The server said no by a rule. `version`: the session's present one, where a stale command is told it. `reasons`: of a
 * quiz or settings that are not fit. `content`: the whole reply, for what some refusals tell besides.
 */
export class Refused extends Error {
  readonly code: string;
  readonly version: number | null;
  readonly reasons: readonly QuizProblem[];
  readonly content: unknown;

  constructor({ code, message, version, reasons }: ErrorDetail, content: unknown = null) {
    super(message);
    this.code = code;
    this.version = version ?? null;
    this.reasons = reasons ?? [];
    this.content = content;
  }
}

/** Nobody answered in time; asking again may help. */
export class Unavailable extends Error {}

export interface Asking {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  file?: Blob;
  /** For one attempt. */
  timeoutMs?: number;
  token?: string;
  deadlineMs?: number;
  /** Told each time that it must try again. */
  onWait?: () => void;
}

interface Reply {
  status: number;
  body: unknown;
}

/** 128 random bits as hex. (randomUUID is missing where a phone opens the page without https.) */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * One request, repeated through passing faults for `deadlineMs`: so only for what may arrive twice.
 * Throws Refused or Unavailable.
 */
export async function call(method: string, path: string, asking: Asking = {}): Promise<Reply> {
  const { deadlineMs = 30_000, onWait } = asking;
  const giveUpMs = performance.now() + deadlineMs;
  const backoff = new Backoff();
  for (;;) {
    try {
      return await attempt(method, path, asking);
    } catch (error) {
      const delayMs = backoff.next();
      if (!(error instanceof Unavailable) || performance.now() + delayMs > giveUpMs) throw error;
      onWait?.();
      await pause(delayMs);
    }
  }
}

export async function publishQuiz(body: QuizBody, asking: Asking = {}): Promise<QuizPublished> {
  return (await call("POST", "/api/quizzes", { ...asking, body })).body as QuizPublished;
}

export async function openSession(body: SessionBody, asking: Asking = {}): Promise<SessionOpened> {
  return (await call("POST", "/api/sessions", { ...asking, body })).body as SessionOpened;
}

export async function command(sessionId: string, body: CommandBody, asking: Asking): Promise<CommandDone> {
  return (await call("POST", `/api/sessions/${sessionId}/commands`, { ...asking, body })).body as CommandDone;
}

/** The names that are free in a session which takes listed ones only, and that contain `search`. */
export async function findRoster(code: string, search: string): Promise<RosterFound> {
  const query = new URLSearchParams({ search });
  return (await call("GET", `/api/sessions/${encodeURIComponent(code)}/roster?${query}`)).body as RosterFound;
}

/** What anyone with the code may know of its session. */
export async function findSession(code: string, asking: Asking = {}): Promise<SessionFound> {
  return (await call("GET", `/api/sessions/${encodeURIComponent(code)}`, asking)).body as SessionFound;
}

/** A run for one, of the quiz that the link is to. Asked twice it may leave an empty one behind: nobody sees it. */
export async function openPractice(token: string, asking: Asking = {}): Promise<PracticeOpened> {
  return (await call("POST", "/api/practices", { ...asking, body: { token } })).body as PracticeOpened;
}

/** Join a session. One `request_id` makes one player, however often it is asked. */
export async function join(
  code: string,
  body: JoinBody,
  { deadlineMs = 90_000, onWait }: { deadlineMs?: number; onWait?: () => void } = {},
): Promise<PlayerAdmitted> {
  const giveUpMs = performance.now() + deadlineMs;
  const path = `/api/sessions/${encodeURIComponent(code)}/players`;
  const waiting = onWait ? { onWait } : {};
  while (performance.now() < giveUpMs) {
    const reply = await call("POST", path, { body, deadlineMs: giveUpMs - performance.now(), ...waiting });
    if (reply.status !== 202) return reply.body as PlayerAdmitted;
    onWait?.();
    const joined = await joinOutcome((reply.body as JoinPending).location, giveUpMs);
    if (joined) return joined;
  }
  throw new Unavailable("expected an outcome in time, got none");
}

/** Ask at the place that the 202 named; null when it is time to request again. */
async function joinOutcome(location: string, giveUpMs: number): Promise<PlayerAdmitted | null> {
  const backoff = new Backoff({ limitMs: 1_000 });
  const patienceEndsMs = Math.min(giveUpMs, performance.now() + 10_000);
  while (performance.now() < patienceEndsMs) {
    await pause(backoff.next());
    const reply = await call("GET", location, { deadlineMs: 10_000 });
    if (reply.status !== 202) return reply.body as PlayerAdmitted;
  }
  return null;
}

async function attempt(method: string, path: string, asking: Asking): Promise<Reply> {
  const response = await respond(method, path, asking);
  const content: unknown = await response.json().catch(() => null);
  if (response.ok) return { status: response.status, body: content };
  throw failure(response.status, content);
}

/** Whatever the server replied. Throws Unavailable when nothing came in time. */
export async function respond(method: string, path: string, asking: Asking): Promise<Response> {
  const { body, file, token, timeoutMs = ATTEMPT_TIMEOUT_MS } = asking;
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (file !== undefined) headers["content-type"] = "application/octet-stream";
  if (token) headers["authorization"] = `Bearer ${token}`;
  const sent = file ?? (body === undefined ? null : JSON.stringify(body));
  try {
    return await fetch(path, { method, headers, body: sent, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new Unavailable(String(error));
  }
}

/** What a reply that is no success means. */
export function failure(status: number, content: unknown): Refused | Unavailable {
  if (PASSING.has(status)) return new Unavailable(`expected an answer, got status ${status}`);
  const { error } = (content ?? {}) as Partial<ErrorBody>;
  return new Refused(error ?? { code: `http_${status}`, message: "" }, content);
}
