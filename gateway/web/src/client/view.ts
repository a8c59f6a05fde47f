/**
 * What a client knows of its session, folded from the feed. Pure: a view and a message give the next view.
 *
 * It refuses to go backwards: each part (session, leaderboard, lobby) is whole and numbered, and an older one never
 * replaces a newer one. shared/client/view.py is the same fold for programs.
 */

import type { FeedMessage } from "./messages";
import type {
  LeaderboardUpdated,
  Lobby,
  Me,
  Phase,
  QuestionView,
  Reveal,
  SessionChanged,
  Snapshot,
} from "./protocol.gen";

export type { Phase, QuestionView, Reveal, SessionChanged };

/** One's own place, with what the gateway leaves out on the way filled in. */
export interface OwnPlace extends Me {
  points: number;
  total_ms: number;
}

export interface View {
  /** The feed's last number; null before the first snapshot. */
  readonly seq: number | null;
  readonly code: string;
  readonly session: SessionChanged | null;
  readonly leaderboard: LeaderboardUpdated | null;
  readonly lobby: Lobby | null;
  readonly me: OwnPlace | null;
}

/** A view that there is something to show of. */
export type LiveView = View & { readonly session: SessionChanged };

export const NOTHING: View = { seq: null, code: "", session: null, leaderboard: null, lobby: null, me: null };

export const isLive = (view: View): view is LiveView => view.session !== null;

/** The next view. "gap": messages are missing, so resume from `view.seq`. */
export function fold(view: View, message: FeedMessage | Snapshot): View | "gap" {
  if (message.type === "snapshot") return withSnapshot(view, message);
  if (view.seq === null || message.seq > view.seq + 1) return "gap";
  if (message.seq <= view.seq) return view;
  const next = { ...view, seq: message.seq };
  switch (message.type) {
    case "session":
      return withSession(next, message.session, message.me);
    case "leaderboard":
      return withLeaderboard(next, message.leaderboard, message.me);
    case "lobby":
      return withLobby(next, message.lobby);
  }
}

function withSnapshot(view: View, snapshot: Snapshot): View {
  const numbered = { ...view, seq: Math.max(view.seq ?? 0, snapshot.seq), code: snapshot.code };
  const seated = withLeaderboard(withSession(numbered, snapshot.session, null), snapshot.leaderboard, snapshot.me);
  return withLobby(seated, snapshot.lobby);
}

/** `me` comes along when a question closes: one's own result is known only then. */
function withSession(view: View, session: SessionChanged, me: Me | null | undefined): View {
  if (view.session && session.version < view.session.version) return view;
  return { ...view, session, me: place(view.me, me) };
}

function withLeaderboard(view: View, leaderboard: LeaderboardUpdated, me: Me | null | undefined): View {
  if ((leaderboard.edition ?? 0) < (view.leaderboard?.edition ?? 0)) return view;
  return { ...view, leaderboard, me: place(view.me, me) };
}

function withLobby(view: View, lobby: Lobby): View {
  return view.lobby && lobby.players < view.lobby.players ? view : { ...view, lobby };
}

/** What is 0 is left out on the way; an absent `answered` says nothing, nor does an absent `opened`. */
function place(known: OwnPlace | null, told: Me | null | undefined): OwnPlace | null {
  if (!told) return known;
  const kept = { answered: known?.answered ?? null, opened: known?.opened ?? null };
  return { points: 0, total_ms: 0, ...kept, ...told };
}

export const players = (view: View): number => Math.max(view.lobby?.players ?? 0, view.leaderboard?.players ?? 0);

/** Whether players may react to what is shown: where the host wanted it, and while nobody thinks about a question. */
export const takesReactions = ({ session }: View): boolean =>
  session?.settings?.reactions === true && session.phase !== "question_open" && session.phase !== "running";

/** How many answers to the present question are on the board. */
export function answered(view: View): number {
  const board = view.leaderboard;
  const question = view.session?.question;
  return board && question && board.question === question.index ? board.answered : 0;
}

/** One's own result of a question, once the board covers it. */
export function ownResult(view: View, index: number): { gained: number; correct: boolean } | null {
  const { me } = view;
  if (me?.question !== index || typeof me.gained !== "number") return null;
  return { gained: me.gained, correct: me.correct === true };
}

/** The server counts an answer of ours to this question, whichever tab or device sent it. */
export const hasAnswered = (view: View, index: number): boolean =>
  view.me?.answered === index || ownResult(view, index) !== null;
