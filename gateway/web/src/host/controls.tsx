/**
 * The host's bar at the foot: one main button that always is the next step, what else the phase allows, and the rest
 * behind "More". Its nodes stay, so that the keyboard's focus stays on the button from question to question.
 */

import { useState } from "preact/hooks";
import type { Command } from "../client/api.gen";
import type { Details, Drive } from "../client/host";
import { answered, type LiveView, players } from "../client/view";
import { t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { joinLink } from "../screen/lobby";
import type { ControlProps, Window } from "./control_props";
import { CopyLink } from "./copy_link";
import { EndDialog } from "./end_dialog";
import { MoreDialog } from "./more_dialog";
import { Pace } from "./pace";
import { PlayersDialog } from "./players_dialog";
import { goTo } from "./route";
import { stepOf, useGoOnKeys } from "./steps";

export function Controls(props: ControlProps) {
  const { view, drive } = props;
  const [shown, show] = useState<Window>("none");
  const { phase } = view.session;
  const step = stepOf(view);
  const act = () => {
    if (step.command === null) goTo({ at: "results", sessionId: drive.hosted.session_id });
    else if (step.needsWord) show("finish");
    else void drive.command(step.command);
  };
  useGoOnKeys(() => !step.needsWord && act());
  const close = () => show("none");
  return (
    <footer class="controls">
      <p class="note soft" role="status">
        {drive.problem !== null && problemText(drive.problem)}
      </p>
      {/* On a phone the room's own count stands below the fold. */}
      {phase === "question_open" && (
        <p class="bar-tally">{t("answered", { answered: answered(view), count: players(view) })}</p>
      )}
      {phase === "finished" ? (
        <button type="button" class="button is-quiet" onClick={props.onLeave}>
          {t("control.anew")}
        </button>
      ) : (
        <>
          <button type="button" class="button is-quiet" aria-haspopup="dialog" onClick={() => show("more")}>
            {t("control.more")}
          </button>
          <button type="button" class="button is-quiet" aria-haspopup="dialog" onClick={() => show("players")}>
            {t("control.players")}
          </button>
        </>
      )}
      {phase === "lobby" && <CopyLink link={joinLink(view.code)} words={t("invite.copy")} />}
      <span class="controls-gap" />
      <PhaseButtons view={view} drive={drive} />
      {/* Not `disabled`: that would throw the keyboard's focus away in the middle of a session. */}
      <button
        type="button"
        class="button is-primary"
        aria-disabled={drive.isBusy}
        aria-keyshortcuts={step.needsWord ? undefined : "Space"}
        onClick={act}
      >
        {t(step.words)}
      </button>
      {shown === "more" && <MoreDialog {...props} onShow={show} onClose={close} />}
      {shown === "players" && <PlayersDialog view={view} drive={drive} onClose={close} />}
      {(shown === "finish" || shown === "cancel") && <EndDialog command={shown} drive={drive} onClose={close} />}
    </footer>
  );
}

/** What the phase allows beside the main step. */
function PhaseButtons({ view, drive }: { view: LiveView; drive: Drive }) {
  const give = (command: Command, details?: Details) => () => void drive.command(command, details);
  switch (view.session.phase) {
    case "question_open":
      return (
        <>
          <Extra onPress={give("extend", { extend_ms: 10_000 })} words={t("control.longer", { count: 10 })} />
          <Extra onPress={give("extend", { extend_ms: 30_000 })} words={t("control.longer", { count: 30 })} />
          <Extra onPress={give("skip")} words={t("control.skip")} />
        </>
      );
    case "question_closed":
      return <Extra onPress={give("show_board")} words={t("control.board")} />;
    case "running":
      return (
        <>
          <Pace view={view} />
          <Extra onPress={give("extend", { extend_ms: 300_000 })} words={t("control.minutes", { count: 5 })} />
        </>
      );
    default:
      return null;
  }
}

const Extra = ({ words, onPress }: { words: string; onPress: () => void }) => (
  <button type="button" class="button is-extra" onClick={onPress}>
    {words}
  </button>
);
