/**
 * What players express, on the room's screen: signs that rise along its edges, where nothing else stands; plain counts
 * for who wants less motion, and for screen readers, which are not told each.
 */

import { useEffect, useState } from "preact/hooks";
import { type Applause, REACTIONS } from "../client/applause";
import { type LiveView, takesReactions } from "../client/view";
import { number, t } from "../i18n";
import { useRedraw } from "../parts/hooks";
import { REACTION_WORDS, ReactionSign } from "../parts/reaction_sign";
import "./reactions.css";

const LESS_MOTION = "(prefers-reduced-motion: reduce)";

/** Each screen of the session is applauded anew. */
export const Reactions = ({ view, applause }: { view: LiveView; applause: Applause }) =>
  takesReactions(view) ? (
    <Heard key={`${view.session.phase} ${view.session.question?.index}`} applause={applause} />
  ) : null;

function Heard({ applause }: { applause: Applause }) {
  const redraw = useRedraw();
  const isCalm = useLessMotion();
  useEffect(() => {
    const stop = applause.onChange(redraw);
    redraw(); // some may have come before this listened
    return () => {
      stop();
      applause.clear();
    };
  }, [applause]);
  const heard = REACTIONS.filter((reaction) => applause.counts.get(reaction));
  return (
    <>
      {heard.length > 0 && (
        <aside class={isCalm ? "heard" : "unseen"} aria-label={t("react.title")}>
          {heard.map((reaction) => (
            <span key={reaction} class="heard-one">
              <ReactionSign reaction={reaction} />
              <span class="unseen">{t(REACTION_WORDS[reaction])}</span>{" "}
              {number(applause.counts.get(reaction) ?? 0)}
            </span>
          ))}
        </aside>
      )}
      {!isCalm && (
        <div class="rising" aria-hidden="true">
          {applause.rising.map(({ key, reaction, lane, waitMs }) => (
            <span
              key={key}
              class={`riser is-lane-${lane}`}
              style={{ "--wait": `${waitMs}ms` }}
              onAnimationEnd={() => applause.landed(key)}
            >
              <ReactionSign reaction={reaction} />
            </span>
          ))}
        </div>
      )}
    </>
  );
}

function useLessMotion(): boolean {
  const [isWanted, want] = useState(() => matchMedia(LESS_MOTION).matches);
  useEffect(() => {
    const query = matchMedia(LESS_MOTION);
    const look = () => want(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isWanted;
}
