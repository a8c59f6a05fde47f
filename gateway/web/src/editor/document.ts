/**
 * What is being written: a title and questions, and every way to change them. Pure: each change gives a new document.
 *
 * While it is written, the right order of an "order" question is the order of its choices, and the partner of the nth
 * choice of a "match" question is its nth target, decoys after them. What is saved hides that: targets are sorted.
 * Each question has a key of this page, by which it is found again wherever it was moved to; it is never saved.
 */

import type { DraftShown, Question, QuestionType } from "../client/api.gen";

export type Written = Required<Question> & { readonly key: number };

export interface Document {
  readonly title: string;
  readonly questions: readonly Written[];
}

const STANDARD = { time_limit_ms: 20_000, points: 1_000, tolerance: "0", image_url: "" };
const HAS_CHOICES: ReadonlySet<QuestionType> = new Set([
  "single",
  "multiple",
  "true_false",
  "order",
  "match",
  "poll",
]);

let lastKey = 0;
const newKey = (): number => {
  lastKey += 1;
  return lastKey;
};

export const EMPTY: Document = { title: "", questions: [] };

export function newQuestion(type: QuestionType, [yes, no]: readonly [string, string]): Written {
  const blank: Written = {
    key: newKey(),
    type,
    prompt: "",
    choices: ["", ""],
    targets: [],
    correct: [],
    accepted: [],
    ...STANDARD,
  };
  return retyped(blank, type, [yes, no]);
}

/** The same question as another type: what fits both is kept. */
export function retyped(question: Written, type: QuestionType, [yes, no]: readonly [string, string]): Written {
  const choices = question.choices.length < 2 ? ["", ""] : question.choices;
  const [first] = question.correct;
  switch (type) {
    case "single":
      return { ...question, type, choices, correct: first === undefined ? [] : [first] };
    case "true_false":
      return { ...question, type, choices: [yes, no], correct: first === undefined || first > 1 ? [] : [first] };
    case "multiple":
      return { ...question, type, choices };
    case "poll":
      return { ...question, type, choices, correct: [] };
    case "order":
      return { ...question, type, choices, correct: choices.map((_, index) => index) };
    case "match":
      return {
        ...question,
        type,
        choices,
        targets: choices.map((_, index) => question.targets[index] ?? ""),
        correct: choices.map((_, index) => index),
      };
    case "text":
      return { ...question, type, accepted: question.accepted.length === 0 ? [""] : question.accepted };
    case "number":
      return { ...question, type, accepted: [question.accepted[0] ?? ""] };
  }
}

/** The same document, where no question has the key any more. */
export function withQuestion(document: Document, key: number, change: (question: Written) => Written): Document {
  const index = document.questions.findIndex((question) => question.key === key);
  const question = document.questions[index];
  if (question === undefined) return document;
  return { ...document, questions: document.questions.with(index, change(question)) };
}

export const inserted = (document: Document, index: number, question: Written): Document => ({
  ...document,
  questions: document.questions.toSpliced(index, 0, question),
});

/** A copy stands after it. */
export function duplicated(document: Document, index: number): Document {
  const question = document.questions[index];
  return question === undefined ? document : inserted(document, index + 1, { ...question, key: newKey() });
}

export const removed = (document: Document, index: number): Document => ({
  ...document,
  questions: document.questions.toSpliced(index, 1),
});

export function moved(document: Document, from: number, to: number): Document {
  const question = document.questions[from];
  if (question === undefined || to < 0 || to >= document.questions.length) return document;
  return { ...document, questions: document.questions.toSpliced(from, 1).toSpliced(to, 0, question) };
}

/** One choice fewer, with whatever pointed to it. */
export function withoutChoice(question: Written, index: number): Written {
  const choices = question.choices.toSpliced(index, 1);
  if (question.type === "order") return { ...question, choices, correct: choices.map((_, place) => place) };
  if (question.type === "match")
    return {
      ...question,
      choices,
      targets: question.targets.toSpliced(index, 1),
      correct: choices.map((_, place) => place),
    };
  const correct = question.correct
    .filter((other) => other !== index)
    .map((other) => (other > index ? other - 1 : other));
  return { ...question, choices, correct };
}

/** One choice more, at the end. */
export function withChoice(question: Written): Written {
  const choices = [...question.choices, ""];
  const last = choices.length - 1;
  if (question.type === "order") return { ...question, choices, correct: choices.map((_, place) => place) };
  if (question.type === "match")
    return {
      ...question,
      choices,
      targets: question.targets.toSpliced(last, 0, ""),
      correct: choices.map((_, place) => place),
    };
  return { ...question, choices };
}

/** As it stands in a draft or a quiz, made ready to be written on. */
export function fromSaved({ title, questions }: Pick<DraftShown, "title" | "questions">): Document {
  return { title, questions: questions.map(opened) };
}

function opened(saved: Question): Written {
  const blank = { choices: [], targets: [], correct: [], accepted: [], ...STANDARD };
  const question: Written = { ...blank, ...saved, key: newKey() };
  const { choices, targets, correct } = question;
  const isWhole = correct.length === choices.length;
  const identity = choices.map((_, index) => index);
  if (question.type === "order" && isWhole)
    return { ...question, choices: correct.map((index) => choices[index] ?? ""), correct: identity };
  if (question.type === "match" && isWhole) {
    const partners = correct.map((index) => targets[index] ?? "");
    const decoys = targets.filter((_, index) => !correct.includes(index));
    return { ...question, targets: [...partners, ...decoys], correct: identity };
  }
  return question;
}

/** As it is saved: only what belongs to each type, and nothing that gives the right answer away by its place. */
export const toSaved = ({ questions }: Document): Required<Question>[] => questions.map(closed);

function closed({ key: _, ...question }: Written): Required<Question> {
  const hasChoices = HAS_CHOICES.has(question.type);
  const own = {
    ...question,
    choices: hasChoices ? question.choices : [],
    correct: hasChoices ? question.correct : [],
    accepted: hasChoices ? [] : question.accepted,
    tolerance: question.type === "number" ? question.tolerance : "0",
    targets: question.type === "match" ? question.targets : [],
  };
  if (question.type !== "match") return own;
  const order = own.targets
    .map((_, index) => index)
    .sort((one, other) => ((own.targets[one] ?? "") < (own.targets[other] ?? "") ? -1 : 1));
  return {
    ...own,
    targets: order.map((index) => own.targets[index] ?? ""),
    correct: own.correct.map((index) => order.indexOf(index)),
  };
}
