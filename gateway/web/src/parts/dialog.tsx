/** A window over the page: the browser's own dialog, which keeps the focus inside and gives it back. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";

interface Props {
  /** Where there are several on a page. */
  id?: string;
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** There while it is rendered. Escape and a press beside it close it. */
export function Dialog({ id = "dialog", title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser.
    <dialog
      ref={dialog}
      class="card sheet"
      aria-labelledby={`${id}-title`}
      onClose={() => dialog.current?.isConnected && onClose()}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="sheet-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <button type="button" class="button is-quiet is-close" aria-label={t("menu.close")} onClick={onClose}>
          {"✕"}
        </button>
      </div>
      {children}
    </dialog>
  );
}
