import { expect, test } from "vitest";
import type { FeedMessage } from "../src/client/messages";
import type { Me, Phase, Snapshot } from "../src/client/protocol.gen";
import { answered, fold, hasAnswered, NOTHING, ownResult, type View } from "../src/client/view";

const QUESTION = {
  index: 0,
  type: "single",
  prompt: "?",
  choices: ["a", "b"],
  time_limit_ms: 1,
  points: 1,
  image_url: "",
  opened_at_ms: 0,
  closes_at_ms: 1,
} as const;

const session = (version: number, phase: Phase = "lobby") => ({
  version,
  phase,
  title: "T",
  question_count: 1,
  question: phase === "lobby" ? null : QUESTION,
});
const leaderboard = (version: number, done = 0) => ({ version, players: 2, question: 0, answered: done, top: [] });
const snapshot: Snapshot = {
  type: "snapshot",
  seq: 7,
  server_time_ms: 0,
  code: "ABC",
  role: "player",
  session: session(2, "question_open"),
  leaderboard: leaderboard(0),
  lobby: { players: 2, nicknames: [] },
};
const ME: Me = { player_id: "p", nickname: "Ada" };

function folded(view: View, ...messages: Array<FeedMessage | Snapshot>): View {
  return messages.reduce((known, message) => {
    const next = fold(known, message);
    if (next === "gap") throw new Error("expected no gap");
    return next;
  }, view);
}

test("a number missing is a gap, an old one changes nothing", () => {
  const view = folded(NOTHING, snapshot);
  expect(fold(view, { type: "lobby", seq: 9, lobby: { players: 9, nicknames: [] } })).toBe("gap");
  expect(fold(view, { type: "session", seq: 7, session: session(9, "finished") })).toBe(view);
  expect(fold(NOTHING, { type: "session", seq: 1, session: session(1) })).toBe("gap");
});

test("an older part under a newer number is not shown", () => {
  const view = folded(NOTHING, snapshot, { type: "session", seq: 8, session: session(1) });
  expect(view.seq).toBe(8);
  expect(view.session?.version).toBe(2);
});

test("a snapshot never takes the number back", () => {
  expect(folded(NOTHING, snapshot, { ...snapshot, seq: 3 }).seq).toBe(7);
});

test("one's own place keeps what a later message leaves out", () => {
  const view = folded(
    NOTHING,
    snapshot,
    { type: "leaderboard", seq: 8, leaderboard: leaderboard(1, 1), me: { ...ME, answered: 0 } },
    { type: "leaderboard", seq: 9, leaderboard: leaderboard(2, 2), me: ME },
  );
  expect(view.me).toMatchObject({ points: 0, total_ms: 0, answered: 0 });
  expect(hasAnswered(view, 0)).toBe(true);
  expect(ownResult(view, 0)).toBeNull();
  expect(answered(view)).toBe(2);
});

test("a result of nought is a result", () => {
  const me = { ...ME, question: 0, gained: 0 };
  const view = folded(NOTHING, snapshot, { type: "session", seq: 8, session: session(3, "question_closed"), me });
  expect(ownResult(view, 0)).toEqual({ gained: 0, correct: false });
});
