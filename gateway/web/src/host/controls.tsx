/**
 * The host's bar at the foot: one main button that always is the next step, and the early end. Its nodes stay, so that
 * the keyboard's focus stays on the button from question to question.
 */

import { useRef, useState } from "preact/hooks";
import type { Command } from "../client/api.gen";
import type { Drive } from "../client/host";
import type { LiveView } from "../client/view";
import { type Key, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { joinLink } from "../screen/lobby";

interface Props {
  view: LiveView;
  drive: Drive;
  /** After the end. */
  onAnew: () => void;
}

export function Controls({ view, drive, onAnew }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { phase } = view.session;
  const step = stepOf(view);
  const act = () => (step.command === null ? onAnew() : void drive.command(step.command));
  return (
    <footer class="controls">
      <p class="note soft" role="status">
        {drive.problem !== null && problemText(drive.problem)}
      </p>
      {phase !== "finished" && (
        <button type="button" class="button is-quiet" onClick={() => dialog.current?.showModal()}>
          {t("control.end")}
        </button>
      )}
      {phase === "lobby" && <CopyLink link={joinLink(view.code)} />}
      <a class="button is-quiet is-link" href={`/screen?code=${view.code}`} target="_blank" rel="noopener">
        {t("invite.screen")}
      </a>
      {/* Not `disabled`: that would throw the keyboard's focus away in the middle of a session. */}
      <button type="button" class="button is-primary" aria-disabled={drive.isBusy} onClick={act}>
        {t(step.words)}
      </button>
      <EndDialog dialog={dialog} onEnd={() => void drive.command("finish")} />
    </footer>
  );
}

function stepOf(view: LiveView): { words: Key; command: Command | null } {
  const { phase, question, question_count } = view.session;
  switch (phase) {
    case "lobby":
      return { words: "control.start", command: "start" };
    case "question_open":
      return { words: "control.close", command: "close" };
    case "question_closed":
    case "leaderboard": {
      const isLast = question != null && question.index + 1 >= question_count;
      return { words: isLast ? "control.last" : "control.next", command: "next" };
    }
    case "running":
      return { words: "control.last", command: "finish" };
    case "finished":
      return { words: "control.anew", command: null };
  }
}

function EndDialog({ dialog, onEnd }: { dialog: { current: HTMLDialogElement | null }; onEnd: () => void }) {
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} class="card" aria-labelledby="end-title">
      <h2 id="end-title">{t("control.end.title")}</h2>
      <p>{t("control.end.text")}</p>
      <div class="row">
        <button type="button" class="button is-quiet" onClick={close}>
          {t("control.end.no")}
        </button>
        <button
          type="button"
          class="button is-primary"
          onClick={() => {
            close();
            onEnd();
          }}
        >
          {t("control.end.yes")}
        </button>
      </div>
    </dialog>
  );
}

/** Only where the browser lets a page write to the clipboard (https or this very machine). */
function CopyLink({ link }: { link: string }) {
  const [words, say] = useState(t("invite.copy"));
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => say(t("invite.copied")),
      () => say(link),
    );
  return (
    <button type="button" class="button is-quiet" onClick={() => void copy()}>
      {words}
    </button>
  );
}
