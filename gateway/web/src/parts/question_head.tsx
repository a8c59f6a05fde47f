/** The upper part of a question's screen, the same for players and the room: number, time, prompt, picture. */

import type { ComponentChildren } from "preact";
import type { QuestionView, SessionChanged } from "../client/view";
import { t } from "../i18n";
import { People } from "./people";
import { Picture } from "./picture";
import { Route } from "./route";

interface Props {
  session: SessionChanged;
  /** One's own, in a self-paced session; else the session's. */
  question?: QuestionView | null | undefined;
  /** A countdown's figures, while the question is open. */
  clock?: ComponentChildren;
}

export function QuestionHead({ session, question = session.question, clock }: Props) {
  if (!question) return null;
  const count = session.question_count;
  const worth = question.type === "poll" ? t("question.poll") : t("question.worth", { count: question.points });
  return (
    <div class="question-head">
      <div class="question-line">
        <div class="kicker">
          <p>
            <span>{t("question.number", { index: question.index + 1, count })}</span>
            <span class="soft worth">{worth}</span>
          </p>
          <Route index={question.index} count={count} />
        </div>
        {clock}
      </div>
      <h1 class={`prompt ${question.prompt.length > 120 ? "is-long" : ""}`} tabIndex={-1} data-focus dir="auto">
        <People text={question.prompt} />
      </h1>
      <Picture url={question.image_url} />
    </div>
  );
}
