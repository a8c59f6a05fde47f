/** What keeps a question from being asked: by the rules here or, where these find nothing, by the server's. */

import { useEffect } from "preact/hooks";
import type { QuizProblem } from "../client/api.gen";
import { loadReasons, reasonText } from "../i18n/reasons";
import { useRedraw } from "../parts/hooks";
import type { Written } from "./document";
import { inWords, questionProblems } from "./rules";

interface Props {
  question: Written;
  /** By the server, of what is saved. */
  told: readonly QuizProblem[];
}

export function Lacking({ question, told }: Props) {
  const redraw = useRedraw();
  const isTold = told.length > 0;
  useEffect(() => {
    if (isTold) void loadReasons().then(redraw);
  }, [isTold]);
  const own = questionProblems(question).map(inWords);
  const lines = own.length > 0 ? own : told.map(reasonText);
  return (
    <div role="status">
      {lines.length > 0 && (
        <ul class="lacking" role="list">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
