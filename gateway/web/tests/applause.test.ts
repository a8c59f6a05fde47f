import { expect, test } from "vitest";
import { Applause, MOST_RISING } from "../src/client/applause";
import { NOTHING, type View } from "../src/client/view";

const LOBBY: View = {
  ...NOTHING,
  session: { version: 1, phase: "lobby", title: "T", question_count: 1, settings: { reactions: true } },
};
const OPEN: View = { ...NOTHING, session: { ...LOBBY.session, phase: "question_open" } as View["session"] };

test("counts add up, and a kind that is not known is passed over", () => {
  const applause = new Applause(() => 0);
  applause.hear({ type: "reactions", counts: { bravo: 2, confetti: 9 } }, LOBBY);
  applause.hear({ type: "reactions", counts: { bravo: 1, heart: 1 } }, LOBBY);
  expect(Object.fromEntries(Array.from(applause.counts).filter(([, count]) => count > 0))).toEqual({
    bravo: 3,
    heart: 1,
  });
  expect(applause.rising.map(({ reaction }) => reaction)).toEqual(["bravo", "bravo", "heart", "bravo"]);
});

test("signs of one lane rise one after another, and both lanes are used", () => {
  const applause = new Applause(() => 1_000);
  applause.hear({ type: "reactions", counts: { wow: 3, laugh: 1 } }, LOBBY);
  const waits = (lane: number) => applause.rising.filter((sign) => sign.lane === lane).map(({ waitMs }) => waitMs);
  expect(waits(0)).toEqual([0, 450]);
  expect(waits(1)).toEqual([0, 450]);
});

test("however many react, the number of signs is bounded, and there is room again once they have landed", () => {
  let nowMs = 0;
  const applause = new Applause(() => nowMs);
  const storm = {
    type: "reactions",
    counts: { heart: 900, laugh: 900, wow: 900, tricky: 900, bravo: 900 },
  } as const;
  for (let tick = 0; tick < 100; tick += 1) {
    applause.hear(storm, LOBBY);
    nowMs += 500;
    expect(applause.rising.length).toBeLessThanOrEqual(MOST_RISING);
  }
  expect(applause.counts.get("heart")).toBe(90_000);
  for (const { key } of applause.rising) applause.landed(key);
  expect(applause.rising).toEqual([]);
  nowMs += 10_000;
  applause.hear(storm, LOBBY);
  expect(applause.rising.length).toBeGreaterThan(4);
});

test("the next screen begins with nothing, and who listens is told of each change", () => {
  const applause = new Applause(() => 0);
  let changes = 0;
  const stop = applause.onChange(() => {
    changes += 1;
  });
  applause.hear({ type: "reactions", counts: { bravo: 1 } }, LOBBY);
  applause.clear();
  expect([applause.counts.size, applause.rising.length, changes]).toEqual([0, 0, 2]);
  stop();
  applause.clear();
  expect(changes).toBe(2);
});

test("what comes after its screen is passed over, and what is no reaction is left to others", () => {
  const applause = new Applause(() => 0);
  expect(applause.hear({ type: "reactions", counts: { bravo: 1 } }, OPEN)).toBe(true);
  expect(applause.counts.size).toBe(0);
  expect(applause.hear({ type: "pong", id: "p", server_time_ms: 1 }, LOBBY)).toBe(false);
});
