/** Says whether what is written is safe, and asks when somebody else wrote too. */

import { type Key, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import type { Autosave, SaveState } from "./autosave";
import type { Document } from "./document";

const WORDS: Record<SaveState, Key> = {
  saved: "editor.saved",
  unsaved: "editor.unsaved",
  saving: "editor.saving",
  away: "editor.away",
  conflict: "editor.conflict",
  failed: "editor.failed",
};

export function SaveLine({ saving, onTheirs }: { saving: Autosave; onTheirs: (theirs: Document) => void }) {
  const { state } = saving;
  return (
    <>
      <p class={`save-line is-${state}`} role="status">
        {state === "saved" && saving.revision <= 1 ? t("editor.new") : t(WORDS[state])}
      </p>
      {state === "failed" && (
        <div class="problem-box">
          <p class="problem" role="alert">
            {problemText(saving.problem)}
          </p>
          <button type="button" class="button is-small" onClick={() => void saving.flush()}>
            {t("home.again")}
          </button>
        </div>
      )}
      {state === "conflict" && (
        <div class="problem-box" role="alert">
          <p class="problem">{t("editor.conflict.text")}</p>
          <div class="row is-start">
            <button type="button" class="button" onClick={() => void saving.keepMine()}>
              {t("editor.conflict.mine")}
            </button>
            <button type="button" class="button" onClick={() => onTheirs(saving.takeTheirs())}>
              {t("editor.conflict.theirs")}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
