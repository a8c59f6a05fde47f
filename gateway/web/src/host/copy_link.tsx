/** Puts a link on the clipboard. Only where the browser lets a page do that (https or this very machine). */

import { useState } from "preact/hooks";
import { t } from "../i18n";

export function CopyLink({ link, words }: { link: string; words: string }) {
  const [outcome, say] = useState("");
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => say(t("invite.copied")),
      () => say(link),
    );
  return (
    <button type="button" class="button is-quiet" onClick={() => void copy()}>
      {outcome || words}
    </button>
  );
}
