/** Asks before what cannot be undone: ending the session with its final board, or cancelling it without one. */

import type { Drive } from "../client/host";
import { t } from "../i18n";
import { Dialog } from "../parts/dialog";

interface Props {
  command: "finish" | "cancel";
  drive: Drive;
  onClose: () => void;
}

export function EndDialog({ command, drive, onClose }: Props) {
  const isCancel = command === "cancel";
  const end = () => {
    onClose();
    void drive.command(command);
  };
  return (
    <Dialog id="end" title={t(isCancel ? "control.cancel.title" : "control.end.title")} onClose={onClose}>
      <p>{t(isCancel ? "control.cancel.text" : "control.end.text")}</p>
      <div class="row">
        <button type="button" class="button is-quiet" onClick={onClose}>
          {t("control.end.no")}
        </button>
        <button type="button" class="button is-primary" onClick={end}>
          {t(isCancel ? "control.cancel.yes" : "control.end.yes")}
        </button>
      </div>
    </Dialog>
  );
}
