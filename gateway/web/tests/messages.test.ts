import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isOfFeed, parse } from "../src/client/messages";
import { fold, NOTHING } from "../src/client/view";

/** Every example of docs/protocol.md, which the gateway's tests decode too. */
const examples = Array.from(
  readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8").matchAll(/```json\n([\s\S]*?)```/g),
  (match) => match[1] ?? "",
);
const fromServer = examples.filter((text) => !/"type": "(hello|answer|open|react|ping)"/.test(text));

test("every message of the protocol's document is known", () => {
  expect(fromServer.length).toBeGreaterThan(7);
  for (const text of fromServer) expect(parse(text), text).not.toBeNull();
});

test("the document's snapshot and what follows it fold into one view", () => {
  const view = fromServer
    .map(parse)
    .filter((message) => message !== null)
    .filter(isOfFeed)
    .reduce((known, message) => {
      const next = fold(known, message);
      if (next === "gap") throw new Error(`expected no gap, got one at ${JSON.stringify(message)}`);
      return next;
    }, NOTHING);
  expect(view.session?.phase).toBe("question_closed");
  expect(view.me).toMatchObject({ rank: 1, points: 900 });
  expect(view.lobby?.players).toBe(3);
});

test.each([
  ["not JSON", "{"],
  ["no object", "3"],
  ["no type", "{}"],
  ["a type of later", '{"type":"confetti"}'],
])("%s is passed over", (_, text) => expect(parse(text)).toBeNull());
