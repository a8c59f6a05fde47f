/** What to say of an answer in a self-paced session, where no key is shown. */

import type { PlayerClient } from "../client/player";
import type { QuestionBody } from "../client/protocol.gen";
import { hasAnswered, type LiveView } from "../client/view";
import { t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { pointsText, type Verdict } from "./verdict";

interface Asked {
  view: LiveView;
  client: PlayerClient;
  opened: QuestionBody;
  isOver: boolean;
}

export function verdictOfOwn({ view, client, opened, isOver }: Asked): Verdict {
  const { index, type } = opened.question;
  const result = client.pace.resultOf(index);
  const answer = client.answerTo(index);
  const isIn = opened.answered || answer?.state === "acked" || hasAnswered(view, index);
  if (type === "poll" && (result || isIn)) return { kind: "", title: t("result.vote"), detail: "" };
  if (result) {
    const detail = result.points === 0 ? "" : t("result.gained", { points: pointsText(result.points) });
    return result.correct
      ? { kind: "is-good", title: t("result.correct"), detail }
      : { kind: "is-bad", title: t("result.wrong"), detail };
  }
  if (answer?.refusal?.code === "answer_already_given") return { kind: "", title: t("status.in"), detail: "" };
  if (answer?.refusal && !isIn)
    return { kind: "is-bad", title: t("result.refused"), detail: refusalText(answer.refusal) };
  if (view.session.settings?.results === "at_close" && isIn)
    return { kind: "is-good", title: t("status.in"), detail: t("pace.held") };
  // Whoever answered on another device was told there.
  if (answer === null && isIn) return { kind: "", title: t("status.in"), detail: "" };
  if (answer !== null) return { kind: "", title: t("result.counting"), detail: "" };
  return { kind: "", title: isOver ? t("time.up") : t("result.none"), detail: isOver ? t("result.none") : "" };
}
