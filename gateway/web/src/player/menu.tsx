/** What a player seldom needs: another language, another device, the way out. */

import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Dialog } from "../parts/dialog";
import { LanguageMenu } from "../parts/language_menu";
import { OtherDevice } from "./other_device";

export function Menu({ token, onLeave }: { token: string; onLeave: () => void }) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <button type="button" class="tool" aria-label={t("menu")} aria-haspopup="dialog" onClick={() => open(true)}>
        <svg class="tool-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M4 7h16M4 12h16M4 17h16" />
        </svg>
      </button>
      {isOpen && (
        <Dialog title={t("menu")} onClose={() => open(false)}>
          <OtherDevice token={token} />
          <LanguageMenu />
          <button type="button" class="button is-quiet" onClick={onLeave}>
            {t("lobby.leave")}
          </button>
        </Dialog>
      )}
    </>
  );
}
