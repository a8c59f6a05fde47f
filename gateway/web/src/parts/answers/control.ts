/** What the controls of every question type have in common. */

import type { Value } from "../../client/protocol.gen";
import type { QuestionView } from "../../client/view";

export interface ControlProps {
  question: QuestionView;
  /** Of this player and question: shuffles alike after a refresh. */
  seed: string;
  /** What was answered already, to show. */
  own: Value | null;
  isLocked: boolean;
  onAnswer: (value: Value) => void;
}
