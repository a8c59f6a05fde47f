import { describe, expect, test, vi } from "vitest";
import { Refused, Unavailable } from "../src/client/api";
import type { DraftBody, DraftShown, Question } from "../src/client/api.gen";
import { Autosave, type Drafts, type SaveState } from "../src/editor/autosave";
import {
  type Document,
  duplicated,
  fromSaved,
  inserted,
  moved,
  newQuestion,
  retyped,
  toSaved,
  withoutChoice,
  withQuestion,
} from "../src/editor/document";
import { begun, changed, redone, undone } from "../src/editor/history";
import { questionProblems } from "../src/editor/rules";
import cases from "./question_cases.json";

const YES_NO = ["True", "False"] as const;
const MATCH: Question = {
  type: "match",
  prompt: "?",
  choices: ["Italy", "France"],
  targets: ["Oslo", "Paris", "Rome"],
  correct: [2, 1],
};

describe("rules", () => {
  test.each(cases)("judge as the server does: $question", ({ question, fits }) => {
    expect(questionProblems(question as Question).length === 0).toBe(fits);
  });
});

describe("document", () => {
  test("shows pairs side by side and saves them so that places tell nothing", () => {
    const document = fromSaved({ title: "", questions: [MATCH] });
    expect(document.questions[0]?.targets).toEqual(["Rome", "Paris", "Oslo"]);
    expect(toSaved(document)[0]).toMatchObject(MATCH);
  });

  test("shows an order in its right order", () => {
    const question: Question = { type: "order", prompt: "?", choices: ["b", "c", "a"], correct: [2, 0, 1] };
    expect(fromSaved({ title: "", questions: [question] }).questions[0]?.choices).toEqual(["a", "b", "c"]);
  });

  test("keeps the right ones right when a choice goes", () => {
    const question = { ...newQuestion("multiple", YES_NO), choices: ["a", "b", "c"], correct: [0, 2] };
    expect(withoutChoice(question, 0)).toMatchObject({ choices: ["b", "c"], correct: [1] });
  });

  test("keeps what fits when the type changes, and saves only what belongs to it", () => {
    const question = { ...newQuestion("single", YES_NO), choices: ["a", "b"], correct: [1] };
    const there = retyped(question, "text", YES_NO);
    expect(toSaved({ title: "", questions: [there] })[0]?.choices).toEqual([]);
    expect(retyped(there, "single", YES_NO)).toMatchObject({ choices: ["a", "b"], correct: [1] });
  });

  test("moves within its bounds only", () => {
    const named = (prompt: string) => ({ ...newQuestion("poll", YES_NO), prompt });
    let document: Document = { title: "", questions: [] };
    for (const prompt of ["one", "two", "three"]) document = inserted(document, 9, named(prompt));
    expect(moved(document, 0, 2).questions.map((question) => question.prompt)).toEqual(["two", "three", "one"]);
    expect(moved(document, 0, -1)).toBe(document);
  });
});

describe("keys", () => {
  test("find a question wherever it went, tell a copy apart, and are not saved", () => {
    const one = inserted({ title: "", questions: [] }, 0, newQuestion("poll", YES_NO));
    const key = one.questions[0]?.key ?? 0;
    const copied = moved(duplicated(one, 0), 0, 1);
    const pictured = withQuestion(copied, key, (question) => ({ ...question, image_url: "/i/1" }));
    expect(pictured.questions.map((question) => question.image_url)).toEqual(["", "/i/1"]);
    expect(withQuestion(copied, -1, (question) => question)).toBe(copied);
    expect(toSaved(pictured)[0]).not.toHaveProperty("key");
  });
});

describe("history", () => {
  test("takes the letters of a word back together, and a step at a time otherwise", () => {
    let history = changed(begun(""), "a", "prompt", 0);
    history = changed(history, "ab", "prompt", 500);
    history = changed(history, "ab!", "title", 600);
    expect(undone(history).present).toBe("ab");
    expect(undone(undone(history)).present).toBe("");
    expect(redone(undone(history)).present).toBe("ab!");
    expect(undone(begun("x")).present).toBe("x");
  });
});

describe("autosave", () => {
  const written = (title: string): Document => ({ title, questions: [] });
  const shown = (title: string, revision: number): DraftShown => ({
    draft_id: "d",
    quiz_id: "q",
    revision,
    saved_at_ms: 0,
    title,
    questions: [],
    published_revision: 0,
    published_version: 0,
    problems: [],
  });
  const begin = (drafts: Drafts, said: SaveState[] = []): Autosave => {
    const saving = new Autosave(written(""), 3, { drafts, onChange: () => said.push(saving.state) });
    return saving;
  };
  const saves = (save: (body: DraftBody) => number, there: DraftShown = shown("", 3)): Drafts => ({
    save: async (body) => ({ draft_id: "d", quiz_id: "q", revision: save(body), saved_at_ms: 0, problems: [] }),
    show: async () => there,
  });

  test("saves a moment after the last change, once", async () => {
    vi.useFakeTimers();
    const bodies: DraftBody[] = [];
    const saving = begin(saves((body) => bodies.push(body) + 3));
    saving.changed(written("a"));
    saving.changed(written("ab"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bodies.map(({ title, revision }) => [title, revision])).toEqual([["ab", 3]]);
    expect([saving.state, saving.revision]).toEqual(["saved", 4]);
    vi.useRealTimers();
  });

  test("stops at somebody else's change until one of both is chosen", async () => {
    let revision = 9;
    const stale = (body: DraftBody): number => {
      if (body.revision !== revision) throw new Refused({ code: "draft_stale", message: "" });
      revision += 1;
      return revision;
    };
    const saving = begin(saves(stale, shown("theirs", 9)));
    saving.changed(written("mine"));
    expect(await saving.flush()).toBe(false);
    expect(saving.state).toBe("conflict");
    await saving.keepMine();
    expect([saving.state, saving.revision]).toEqual(["saved", 10]);
    const other = begin(saves(stale, shown("theirs", 9)));
    other.changed(written("mine"));
    await other.flush();
    expect(other.takeTheirs().title).toBe("theirs");
  });

  test("knows its own save whose reply was lost", async () => {
    const refuse = (): number => {
      throw new Refused({ code: "draft_stale", message: "" });
    };
    const saving = begin(saves(refuse, shown("mine", 4)));
    saving.changed(written("mine"));
    expect(await saving.flush()).toBe(true);
    expect(saving.revision).toBe(4);
  });

  test("says when the server is away and keeps what is written", async () => {
    const away = (): number => {
      throw new Unavailable("");
    };
    const saving = begin(saves(away));
    saving.changed(written("mine"));
    expect(await saving.flush()).toBe(false);
    expect(saving.state).toBe("away");
    saving.stop();
  });

  test("says so until the server has come back, and then has saved the last of it", async () => {
    const said: SaveState[] = [];
    let isAway = true;
    const save = (): number => {
      if (isAway) throw new Unavailable("");
      return 4;
    };
    const saving = begin(saves(save), said);
    saving.changed(written("mine"));
    await saving.flush();
    saving.changed(written("mine, too"));
    await saving.flush();
    isAway = false;
    expect(await saving.flush()).toBe(true);
    expect(said).toEqual(["unsaved", "saving", "away", "away", "saved"]);
  });
});
