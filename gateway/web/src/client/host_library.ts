/** A host's library over HTTP: quizzes, their versions, files that come in and go out. */

import { type Asking, call, failure, Refused, randomId, respond } from "./api";
import type {
  ImportProblem,
  ImportRefused,
  PracticeLink,
  QuizImported,
  QuizPublished,
  QuizShown,
  QuizzesListed,
  VersionsListed,
} from "./api.gen";

const UPLOAD_TIMEOUT_MS = 60_000;

const withPlace = (path: string, after: string | null): string =>
  after === null ? path : `${path}?after=${encodeURIComponent(after)}`;

export async function listQuizzes(token: string, after: string | null): Promise<QuizzesListed> {
  return (await call("GET", withPlace("/api/quizzes", after), { token })).body as QuizzesListed;
}

export async function showQuiz(token: string, quizId: string): Promise<QuizShown> {
  return (await call("GET", `/api/quizzes/${quizId}`, { token })).body as QuizShown;
}

export async function quizVersions(token: string, quizId: string): Promise<VersionsListed> {
  return (await call("GET", `/api/quizzes/${quizId}/versions`, { token })).body as VersionsListed;
}

export async function duplicateQuiz(token: string, quizId: string, title: string): Promise<QuizPublished> {
  const body = { title, request_id: randomId() };
  return (await call("POST", `/api/quizzes/${quizId}/duplicates`, { token, body })).body as QuizPublished;
}

/** As often as one likes. `isLeaving`: the page is being left, the request must outlive it. */
export async function deleteQuiz(token: string, quizId: string, { isLeaving = false } = {}): Promise<void> {
  const path = `/api/quizzes/${quizId}`;
  if (!isLeaving) {
    await call("DELETE", path, { token });
    return;
  }
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(path, { method: "DELETE", keepalive: true, headers });
  if (!response.ok) throw failure(response.status, null);
}

export async function practiceLink(token: string, quizId: string): Promise<string> {
  const reply = await call("POST", `/api/quizzes/${quizId}/practice-links`, { token });
  return (reply.body as PracticeLink).token;
}

/** Of a file that was refused: what is wrong, by row. */
export const importProblems = (error: unknown): readonly ImportProblem[] | null =>
  error instanceof Refused && isImportRefused(error.content) ? error.content.problems : null;

const isImportRefused = (content: unknown): content is ImportRefused =>
  typeof content === "object" && content !== null && "problems" in content && Array.isArray(content.problems);

/** All of the file or, with `skip`, what can be taken. */
export async function importQuiz(
  token: string,
  file: File,
  { skip = false, ...asking }: { skip?: boolean } & Pick<Asking, "onWait"> = {},
): Promise<QuizImported> {
  const query = new URLSearchParams({ name: file.name, ...(skip ? { skip: "true" } : {}) });
  const reply = await call("POST", `/api/quizzes/import?${query}`, {
    ...asking,
    token,
    file,
    timeoutMs: UPLOAD_TIMEOUT_MS,
    deadlineMs: UPLOAD_TIMEOUT_MS,
  });
  return reply.body as QuizImported;
}

/** Fetches a file that only this host may have, and hands it to the browser to keep. */
export async function download(token: string, path: string): Promise<void> {
  const response = await respond("GET", path, { token, timeoutMs: 10 * 60_000 });
  if (!response.ok) throw failure(response.status, await response.json().catch(() => null));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = fileName(response.headers.get("content-disposition") ?? "");
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** As the server calls it: with its whole name where there is one (RFC 6266). */
export function fileName(disposition: string): string {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (whole !== undefined) return decodeURIComponent(whole);
  return /filename="([^"]*)"/.exec(disposition)?.[1] ?? "quizline";
}
