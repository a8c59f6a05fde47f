/** What a host asks of a session besides driving it: who is there, how a question went, what one takes home. */

import { call } from "./api";
import type {
  Heading,
  PlayerListed,
  PlayerRow,
  PlayersListed,
  QuestionStatistics,
  SessionOpened,
  SessionsListed,
} from "./api.gen";

const PAGE = 100;

/** Whoever holds this drives the session. */
export type Reins = Pick<SessionOpened, "session_id" | "host_token">;

/** The whole of results.json but the answers. */
export interface SessionResults {
  session: Heading;
  players: readonly PlayerRow[];
  questions: readonly QuestionStatistics[];
}

/** Everybody who joined and was not put out, in the order of their coming. */
export async function sessionPlayers({ session_id, host_token }: Reins): Promise<PlayerListed[]> {
  const there: PlayerListed[] = [];
  let after: string | null = null;
  do {
    const place: string = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    const reply = await call("GET", `/api/sessions/${session_id}/players?limit=${PAGE}${place}`, {
      token: host_token,
    });
    const page = reply.body as PlayersListed;
    there.push(...page.players.filter((player) => !player.removed));
    after = page.next;
  } while (after !== null);
  return there;
}

export type ResultsFormat = "csv" | "xlsx" | "json";

export async function sessionResults({ session_id, host_token }: Reins): Promise<SessionResults> {
  return (await call("GET", resultsPath(session_id, "json"), { token: host_token, deadlineMs: 60_000 }))
    .body as SessionResults;
}

export const resultsPath = (sessionId: string, format: ResultsFormat): string =>
  `/api/sessions/${sessionId}/results.${format}`;

export async function questionStatistics(
  { session_id, host_token }: Reins,
  index: number,
): Promise<QuestionStatistics> {
  const path = `/api/sessions/${session_id}/questions/${index}/statistics`;
  return (await call("GET", path, { token: host_token })).body as QuestionStatistics;
}

export async function listSessions(token: string, after: string | null): Promise<SessionsListed> {
  const path = after === null ? "/api/sessions" : `/api/sessions?after=${encodeURIComponent(after)}`;
  return (await call("GET", path, { token })).body as SessionsListed;
}

/** A host token for a session of one's own, at whichever device. */
export async function takeReins(sessionId: string, token: string): Promise<SessionOpened> {
  return (await call("POST", `/api/sessions/${sessionId}/host-tokens`, { token })).body as SessionOpened;
}
