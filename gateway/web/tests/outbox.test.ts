import { expect, test } from "vitest";
import { Outbox, type OwnAnswer } from "../src/client/outbox";

const GIVEN = { id: "a", question: 0, value: { choices: [1] } };
const SENT = { type: "answer", ...GIVEN };

test("an answer is due at once, and again only when its patience is over", () => {
  const outbox = new Outbox({ patienceMs: 100 });
  outbox.add(GIVEN);
  expect(outbox.takeDue(0)).toEqual([SENT]);
  expect(outbox.takeDue(99)).toEqual([]);
  expect(outbox.takeDue(100)).toEqual([SENT]);
});

test("a new connection gets all that is unsettled, under the same id", () => {
  const outbox = new Outbox();
  outbox.add(GIVEN);
  outbox.takeDue(0);
  expect(outbox.takeDue(1, { fresh: true })).toEqual([SENT]);
  outbox.acknowledge("a");
  expect(outbox.takeDue(2, { fresh: true })).toEqual([]);
  expect(outbox.takeDue(3, { fresh: true, uncertain: 0 })).toEqual([SENT]);
});

test("a refusal may follow an ack, an ack never follows a refusal", () => {
  const outbox = new Outbox();
  outbox.add(GIVEN);
  outbox.acknowledge("a");
  outbox.refuse("a", { code: "question_closed", message: "" });
  outbox.acknowledge("a");
  expect(outbox.answerTo(0)).toMatchObject({ state: "refused", refusal: { code: "question_closed" } });
});

test("what was saved goes on after a refresh", () => {
  let saved: readonly OwnAnswer[] = [];
  const save = (answers: readonly OwnAnswer[]) => {
    saved = structuredClone(answers);
  };
  const outbox = new Outbox({ save });
  outbox.add(GIVEN);
  outbox.takeDue(50);
  expect(new Outbox({ answers: saved }).takeDue(0)).toEqual([SENT]);
});
