/**
 * What keeps a question from being asked, in words, as it is typed. The server has the last word: these are the rules
 * of shared/domain/quiz.py, and tests/question_cases.json holds both to the same judgement.
 */

import type { Question } from "../client/api.gen";
import {
  QUIZ_ACCEPTED,
  QUIZ_CHOICE,
  QUIZ_CHOICES,
  QUIZ_IMAGE_URL,
  QUIZ_LEAST_TIME_LIMIT_MS,
  QUIZ_MOST_TIME_LIMIT_MS,
  QUIZ_POINTS,
  QUIZ_PROMPT,
  QUIZ_TEXT_ANSWER,
} from "../client/bounds.gen";
import { type Key, t } from "../i18n";

const DECIMAL = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?$/;
const MOST_PLACES = 100;

export interface Problem {
  key: Key;
  values?: Record<string, number>;
}

export const inWords = ({ key, values }: Problem): string => t(key, values ?? {});

export function questionProblems(question: Question): Problem[] {
  return [...commonProblems(question), ...answerProblems(question)];
}

function* commonProblems({
  prompt,
  time_limit_ms = 20_000,
  points = 1_000,
  image_url = "",
}: Question): Generator<Problem> {
  if (prompt.trim() === "") yield { key: "rule.prompt" };
  if (length(prompt) > QUIZ_PROMPT) yield { key: "rule.prompt.long", values: { count: QUIZ_PROMPT } };
  if (!(time_limit_ms >= QUIZ_LEAST_TIME_LIMIT_MS && time_limit_ms <= QUIZ_MOST_TIME_LIMIT_MS))
    yield { key: "rule.time" };
  if (!(points >= 0 && points <= QUIZ_POINTS)) yield { key: "rule.points", values: { count: QUIZ_POINTS } };
  const isAddress = image_url === "" || /^(https?:\/\/|\/)/.test(image_url);
  if (!isAddress || length(image_url) > QUIZ_IMAGE_URL) yield { key: "rule.image" };
}

function answerProblems(question: Question): Problem[] {
  switch (question.type) {
    case "text":
      return [...textProblems(question)];
    case "number":
      return [...numberProblems(question)];
    default:
      return [...choiceProblems(question), ...targetProblems(question)];
  }
}

function* choiceProblems({ type, choices = [], targets = [], correct = [] }: Question): Generator<Problem> {
  const most = type === "true_false" ? 2 : QUIZ_CHOICES;
  if (choices.length < 2 || choices.length > most) yield { key: "rule.choices", values: { count: most } };
  if (choices.some((choice) => choice.trim() === "")) yield { key: "rule.choice" };
  if (choices.some((choice) => length(choice) > QUIZ_CHOICE))
    yield { key: "rule.choice.long", values: { count: QUIZ_CHOICE } };
  const indexed = type === "match" ? targets.length : choices.length;
  const isSound =
    new Set(correct).size === correct.length && correct.every((index) => index >= 0 && index < indexed);
  const [least, mostRight] = rightOnes(type, choices.length);
  if (!isSound || correct.length < least || correct.length > mostRight)
    yield {
      key: type === "multiple" ? "rule.correct.some" : type === "poll" ? "rule.correct.poll" : "rule.correct",
    };
}

function rightOnes(type: Question["type"], count: number): readonly [number, number] {
  if (type === "multiple") return [1, count];
  if (type === "poll") return [0, 0];
  return type === "order" || type === "match" ? [count, count] : [1, 1];
}

function* targetProblems({ type, choices = [], targets = [] }: Question): Generator<Problem> {
  if (type !== "match") {
    if (targets.length > 0) yield { key: "rule.targets" };
    return;
  }
  if (targets.length < choices.length || targets.length > QUIZ_CHOICES) yield { key: "rule.targets" };
  if (targets.some((target) => target.trim() === "" || length(target) > QUIZ_CHOICE)) yield { key: "rule.target" };
}

function* textProblems({ accepted = [], targets = [] }: Question): Generator<Problem> {
  if (targets.length > 0) yield { key: "rule.targets" };
  if (accepted.length < 1 || accepted.length > QUIZ_ACCEPTED || accepted.some((text) => text.trim() === ""))
    yield { key: "rule.accepted" };
  if (accepted.some((text) => length(text) > QUIZ_TEXT_ANSWER))
    yield { key: "rule.accepted.long", values: { count: QUIZ_TEXT_ANSWER } };
}

function* numberProblems({ accepted = [], tolerance = "0", targets = [] }: Question): Generator<Problem> {
  if (targets.length > 0) yield { key: "rule.targets" };
  if (accepted.length !== 1 || !isDecimal(accepted[0] ?? "")) yield { key: "rule.number" };
  if (!isDecimal(tolerance) || Number(tolerance.trim().replace(",", ".")) < 0) yield { key: "rule.tolerance" };
}

function isDecimal(text: string): boolean {
  if (text.length > QUIZ_TEXT_ANSWER || !DECIMAL.test(text.trim())) return false;
  const value = Math.abs(Number(text.trim().replace(",", ".")));
  return value === 0 || Math.abs(Math.floor(Math.log10(value))) <= MOST_PLACES;
}

/** In characters, as the server counts them. */
const length = (text: string): number => Array.from(text).length;
