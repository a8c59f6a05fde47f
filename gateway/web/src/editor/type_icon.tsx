/** A sign for each kind of question, as its answers lie on the screen. */

import type { QuestionType } from "../client/api.gen";

const PATHS: Record<QuestionType, string> = {
  single: "M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6",
  multiple: "M4 4h16v16H4zM8 12l3 3 5-6",
  true_false: "M3 12l3 3 5-6M15 9l6 6M21 9l-6 6",
  text: "M3 7h18M3 12h18M3 17h9",
  number: "M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",
  order: "M4 6h9M4 12h9M4 18h9M18 5v14M15 16l3 3 3-3",
  match: "M4 7h16M17 4l3 3-3 3M20 17H4M7 14l-3 3 3 3",
  poll: "M5 20V11M12 20V4M19 20v-6",
};

export const TypeIcon = ({ type }: { type: QuestionType }) => (
  <svg class="type-icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[type]} />
  </svg>
);
