/** Drafts over HTTP: saved on top of the revision that they were made from. */

import { call, Refused, randomId } from "./api";
import type { DraftBody, DraftSaved, DraftShown, DraftsListed, ImageStored, QuizPublished } from "./api.gen";
import { LIBRARY_DRAFTS } from "./bounds.gen";

export async function listDrafts(token: string): Promise<DraftsListed> {
  return (await call("GET", `/api/drafts?limit=${LIBRARY_DRAFTS}`, { token })).body as DraftsListed;
}

export async function showDraft(token: string, draftId: string): Promise<DraftShown> {
  return (await call("GET", `/api/drafts/${draftId}`, { token })).body as DraftShown;
}

export async function saveDraft(token: string, draftId: string, body: DraftBody): Promise<DraftSaved> {
  return (await call("PUT", `/api/drafts/${draftId}`, { token, body, deadlineMs: 15_000 })).body as DraftSaved;
}

/** An empty one; its id. */
export async function newDraft(token: string): Promise<string> {
  const draftId = randomId();
  await saveDraft(token, draftId, { revision: 0 });
  return draftId;
}

export async function deleteDraft(token: string, draftId: string): Promise<void> {
  await call("DELETE", `/api/drafts/${draftId}`, { token });
}

export async function publishDraft(token: string, draftId: string, revision: number): Promise<QuizPublished> {
  return (await call("POST", `/api/drafts/${draftId}/publish`, { token, body: { revision } }))
    .body as QuizPublished;
}

/** The address of a picture for a question. */
export async function storeImage(token: string, file: File): Promise<string> {
  const reply = await call("POST", "/api/images", { token, file, timeoutMs: 60_000, deadlineMs: 60_000 });
  return (reply.body as ImageStored).url;
}

/** Somebody saved the draft in the meantime. */
export const isStale = (error: unknown): boolean => error instanceof Refused && error.code === "draft_stale";
