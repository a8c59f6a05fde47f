/** A quiz as JSON, dropped or pasted. Says in words what is wrong before anything is sent; the server judges the rest. */

import type { QuizBody } from "../client/api.gen";
import { t } from "../i18n";

export class QuizProblem extends Error {}

const FORM =
  '{"title": "…", "questions": [{"type": "single", "prompt": "…", "choices": ["…", "…"], "correct": [0]}]}';

/** The quiz of the text. A bare list of questions takes `fallbackTitle`. Throws QuizProblem. */
export function parseQuiz(text: string, fallbackTitle = ""): QuizBody {
  if (text.trim() === "") throw new QuizProblem(t("file.empty"));
  const content = parseJson(text);
  const quiz: unknown = Array.isArray(content) ? { questions: content } : content;
  if (!hasQuestions(quiz)) throw new QuizProblem(t("file.form", { form: FORM }));
  if (quiz.questions.length === 0) throw new QuizProblem(t("file.questions"));
  const title = typeof quiz.title === "string" ? quiz.title.trim() : "";
  return {
    title: title === "" ? fallbackTitle || t("file.untitled") : (quiz.title as string),
    questions: quiz.questions,
  };
}

const hasQuestions = (quiz: unknown): quiz is { title?: unknown; questions: QuizBody["questions"] } =>
  typeof quiz === "object" && quiz !== null && "questions" in quiz && Array.isArray(quiz.questions);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new QuizProblem(t("file.json", { problem })); // the browser's words tell the place
  }
}
