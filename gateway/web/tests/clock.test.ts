import { expect, test } from "vitest";
import { ServerClock } from "../src/client/clock";

test("the exchange with the shortest round trip counts", () => {
  let nowMs = 0;
  const clock = new ServerClock(() => nowMs);
  expect(clock.now()).toBeNull();
  nowMs = 100;
  clock.observe(0, 5_000); // asked at 0, so it was 5,000 there at 50 here
  expect(clock.now()).toBe(5_050);
  nowMs = 500;
  clock.observe(200, 9_999); // 300 ms under way: worse, passed over
  expect(clock.now()).toBe(5_450);
});

test("after a sleep the next exchange wins, however slow", () => {
  let nowMs = 10;
  const clock = new ServerClock(() => nowMs);
  clock.observe(0, 1_000);
  clock.distrust();
  nowMs = 1_000;
  clock.observe(500, 60_000);
  expect(clock.now()).toBe(60_250);
});
