import { expect, test } from "vitest";
import { Backoff } from "../src/client/backoff";

test("the delay doubles up to its limit and starts anew after a success", () => {
  const backoff = new Backoff({ firstMs: 100, limitMs: 300, random: () => 1 });
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([100, 200, 300, 300]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});

test("the jitter keeps at least half of the ceiling", () => {
  expect(new Backoff({ firstMs: 100, random: () => 0 }).next()).toBe(50);
});
