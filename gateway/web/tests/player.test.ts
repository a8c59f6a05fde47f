import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ServerClock } from "../src/client/clock";
import { Outbox } from "../src/client/outbox";
import { PlayerClient } from "../src/client/player";
import type { QuestionBody, QuestionView, Snapshot } from "../src/client/protocol.gen";
import { FakeSocket } from "./fake_socket";

const SNAPSHOT: Snapshot = {
  type: "snapshot",
  seq: 5,
  server_time_ms: 1_000,
  code: "ABC",
  role: "player",
  session: {
    version: 2,
    phase: "question_open",
    title: "T",
    question_count: 1,
    question: {
      index: 0,
      type: "single",
      prompt: "?",
      choices: ["a", "b"],
      time_limit_ms: 9,
      points: 1,
      image_url: "",
      opened_at_ms: 0,
      closes_at_ms: 9,
    },
  },
  leaderboard: { version: 0, players: 1, question: 0, answered: 0, top: [] },
  lobby: { players: 1, nicknames: ["Ada"] },
};
const LONGEST_BACKOFF_MS = 3_000;

let sockets: FakeSocket[];
let refusals: string[];
let client: PlayerClient;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  refusals = [];
  client = new PlayerClient({
    url: "ws://here/ws",
    token: "t",
    clock: new ServerClock(() => Date.now()),
    outbox: new Outbox(),
    onRefused: ({ code }) => refusals.push(code),
    connect: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  client.feed.start();
});

afterEach(() => {
  client.feed.stop();
  vi.useRealTimers();
});

const newest = (): FakeSocket => sockets.at(-1) as FakeSocket;

function welcomed(): FakeSocket {
  newest().open();
  newest().say(SNAPSHOT);
  return newest();
}

test("a client says hello, and after a loss resumes from its last number", () => {
  expect(welcomed().said).toEqual([{ type: "hello", token: "t" }]);
  newest().drop();
  expect(client.feed.state).toBe("reconnecting");
  vi.advanceTimersByTime(LONGEST_BACKOFF_MS);
  newest().open();
  expect(sockets).toHaveLength(2);
  expect(newest().said).toEqual([{ type: "hello", token: "t", last_seq: 5 }]);
});

test("an answer without an ack goes again on the next connection, under the same id", () => {
  client.answer(0, { choices: [1] });
  const [, answer] = welcomed().said;
  expect(answer).toMatchObject({ type: "answer", question: 0, value: { choices: [1] } });
  newest().drop();
  vi.advanceTimersByTime(LONGEST_BACKOFF_MS);
  expect(welcomed().said[1]).toEqual(answer);
  newest().say({ type: "ack", id: String(answer?.["id"]), question: 0 });
  expect(client.answerTo(0)?.state).toBe("acked");
});

test("the board's word outweighs the refusal of a repetition", () => {
  client.answer(0, { choices: [1] });
  const id = String(welcomed().said[1]?.["id"]);
  const board = { ...SNAPSHOT.leaderboard, version: 1 };
  newest().say({
    type: "leaderboard",
    seq: 6,
    leaderboard: board,
    me: { player_id: "p", nickname: "Ada", answered: 0 },
  });
  newest().say({ type: "outcome", answer_id: id, question: 0, code: "answer_already_given", message: "" });
  expect(client.answerTo(0)?.refusal).toBeNull();
});

test("a gap leads to a new connection, and nothing after it is shown", () => {
  welcomed().say({ type: "lobby", seq: 9, lobby: { players: 9, nicknames: [] } });
  expect(client.feed.view.lobby?.players).toBe(1);
  expect(client.feed.state).toBe("reconnecting");
});

test("a connection that answers no ping is given up", () => {
  welcomed();
  vi.advanceTimersByTime(11_500);
  expect(client.feed.state).toBe("reconnecting");
});

test("a refused token is told once, and nobody tries again", () => {
  newest().open();
  newest().say({ type: "error", code: "token_invalid", message: "" });
  vi.advanceTimersByTime(60_000);
  expect(refusals).toEqual(["token_invalid"]);
  expect(sockets).toHaveLength(1);
});

const RUNNING: Snapshot = {
  ...SNAPSHOT,
  session: { version: 2, phase: "running", title: "T", question_count: 3, question: null },
};
const opened = (index: number, request_id: string): QuestionBody => ({
  type: "question",
  request_id,
  answered: false,
  question: { ...(SNAPSHOT.session.question as QuestionView), index },
});
const asked = (socket: FakeSocket): Array<Record<string, unknown>> =>
  socket.said.filter((message) => message["type"] === "open");

function running(me: Snapshot["me"] = null): FakeSocket {
  newest().open();
  newest().say({ ...RUNNING, me });
  return newest();
}

test("a question is asked for once however often one presses, and again under the same id until it comes", () => {
  const socket = running();
  client.openNext();
  client.openNext();
  const [first] = asked(socket);
  expect(asked(socket)).toEqual([{ type: "open", id: first?.["id"], question: 0 }]);
  vi.advanceTimersByTime(2_500);
  expect(asked(socket)).toEqual([first, first]);
  socket.say(opened(0, String(first?.["id"])));
  vi.advanceTimersByTime(2_500);
  expect(asked(socket)).toHaveLength(2);
  expect(client.pace.current?.question.index).toBe(0);
  client.openNext();
  expect(asked(socket).at(-1)).toMatchObject({ question: 1 });
});

test("a request that is refused may be made again, as another one", () => {
  const socket = running();
  client.openNext();
  const [first] = asked(socket);
  const refusal = { code: "question_not_open", message: "" } as const;
  socket.say({ type: "outcome", answer_id: String(first?.["id"]), question: 0, ...refusal });
  expect(client.pace.refusal?.code).toBe("question_not_open");
  client.openNext();
  expect(asked(socket).at(-1)?.["id"]).not.toBe(first?.["id"]);
});

test("after a refresh, or on another device, the question opened last is asked for by itself", () => {
  const socket = running({ player_id: "p", nickname: "Ada", opened: 2 });
  expect(asked(socket)).toMatchObject([{ question: 1 }]);
});

test("an answer whose result does not come is sent again, until it does", () => {
  const socket = running();
  client.openNext();
  socket.say(opened(0, String(asked(socket)[0]?.["id"])));
  client.answer(0, { choices: [1] });
  const answers = () => socket.said.filter((message) => message["type"] === "answer");
  const id = String(answers()[0]?.["id"]);
  socket.say({ type: "ack", id, question: 0 });
  vi.advanceTimersByTime(2_500);
  expect(answers()).toHaveLength(2);
  socket.say({ type: "result", answer_id: id, question: 0, correct: true, points: 900 });
  vi.advanceTimersByTime(5_000);
  expect(answers()).toHaveLength(2);
  expect(client.pace.resultOf(0)?.points).toBe(900);
});

test("a reaction is sent at most twice a second, never repeated, and not kept while nobody listens", () => {
  const socket = welcomed();
  const sent = () => socket.said.filter((message) => message["type"] === "react");
  expect(client.react("bravo")).toBe(true);
  expect(client.react("heart")).toBe(false);
  vi.advanceTimersByTime(500);
  expect(client.react("heart")).toBe(true);
  expect(sent()).toEqual([
    { type: "react", reaction: "bravo" },
    { type: "react", reaction: "heart" },
  ]);
  socket.say({ type: "error", code: "reactions_not_open", message: "" });
  expect(client.feed.state).toBe("open");
  socket.drop();
  vi.advanceTimersByTime(500);
  expect(client.react("wow")).toBe(false);
  vi.advanceTimersByTime(LONGEST_BACKOFF_MS);
  expect(welcomed().said.filter((message) => message["type"] === "react")).toEqual([]);
});
