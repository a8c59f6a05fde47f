/** What a host needs seldom: the lock, other screens and devices, the end. */

import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Dialog } from "../parts/dialog";
import { Qr } from "../parts/qr";
import type { ControlProps, Window } from "./control_props";
import { CopyLink } from "./copy_link";
import { reinsLink } from "./route";

interface Props extends ControlProps {
  onShow: (window: Window) => void;
  onClose: () => void;
}

export function MoreDialog({ view, drive, onLeave, onShow, onClose }: Props) {
  const isLocked = view.session.locked === true;
  const screen = `${location.origin}/screen?code=${view.code}`;
  return (
    <Dialog id="more" title={t("control.more")} onClose={onClose}>
      <label class="check">
        <input
          type="checkbox"
          checked={isLocked}
          onChange={() => void drive.command(isLocked ? "unlock" : "lock")}
        />
        {t("control.lock")}
      </label>
      <div class="sheet-part">
        <h3 class="label">{t("more.watch")}</h3>
        <p class="soft">{t("more.watch.text")}</p>
        <div class="row is-start">
          <a class="button" href={screen} target="_blank" rel="noopener">
            {t("invite.screen")}
          </a>
          <CopyLink link={screen} words={t("more.watch.copy")} />
        </div>
      </div>
      <Remote link={reinsLink(drive.hosted)} />
      <div class="sheet-part row is-start">
        <button type="button" class="button" onClick={() => onShow("finish")}>
          {t("control.end")}
        </button>
        <button type="button" class="button" onClick={() => onShow("cancel")}>
          {t("control.cancel")}
        </button>
        <button type="button" class="button is-quiet" onClick={onLeave}>
          {t("more.library")}
        </button>
      </div>
    </Dialog>
  );
}

/** Shown only when asked for: whoever photographs it drives the session. */
function Remote({ link }: { link: string }) {
  const [isShown, show] = useState(false);
  return (
    <div class="sheet-part">
      <h3 class="label">{t("more.phone")}</h3>
      <p class="soft">{t("more.phone.text")}</p>
      {isShown && (
        <p class="remote-qr">
          <Qr text={link} label={t("more.phone.qr")} />
        </p>
      )}
      <div class="row is-start">
        <button type="button" class="button" aria-expanded={isShown} onClick={() => show(!isShown)}>
          {t(isShown ? "more.phone.hide" : "more.phone.show")}
        </button>
        <CopyLink link={link} words={t("more.phone.copy")} />
      </div>
    </div>
  );
}
