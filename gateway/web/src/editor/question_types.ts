/** The kinds of questions by name, and what every form of one is given. */

import type { QuestionType } from "../client/api.gen";
import { type Key, t } from "../i18n";
import type { Written } from "./document";

export const TYPES: Record<QuestionType, Key> = {
  single: "type.single",
  multiple: "type.multiple",
  true_false: "type.true_false",
  text: "type.text",
  number: "type.number",
  order: "type.order",
  match: "type.match",
  poll: "type.poll",
};

export interface FormProps {
  question: Written;
  /** `field`: which one is typed in, so that its letters are undone together. */
  onQuestion: (question: Written, field: string) => void;
}

/** The choices of "true or false", in the author's language. */
export const yesAndNo = (): readonly [string, string] => [t("editor.true"), t("editor.false")];
