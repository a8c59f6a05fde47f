/** A quiz as JSON, dropped or pasted. Says in words what is wrong before anything is sent; the server judges the rest. */

export class QuizProblem extends Error {}

const SHAPE =
  '{"title": "…", "questions": [{"type": "single", "prompt": "…", "choices": ["…", "…"], "correct": [0]}]}';

/** { title, questions } of the text. A bare list of questions takes `fallbackTitle`. Throws QuizProblem. */
export function parseQuiz(text, fallbackTitle = "Untitled quiz") {
  if (text.trim() === "") throw new QuizProblem("Drop a quiz file here, or paste its JSON.");
  const content = parseJson(text);
  const quiz = Array.isArray(content) ? { questions: content } : content;
  if (typeof quiz !== "object" || quiz === null || !Array.isArray(quiz.questions)) {
    throw new QuizProblem(`Expected a quiz of the form ${SHAPE}`);
  }
  if (quiz.questions.length === 0) throw new QuizProblem("Expected at least one question, got none.");
  const title = typeof quiz.title === "string" && quiz.title.trim() !== "" ? quiz.title : fallbackTitle;
  return { title, questions: quiz.questions };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QuizProblem(`This is not JSON: ${error.message}`); // the browser's words tell the place
  }
}
