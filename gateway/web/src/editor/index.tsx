/** The editor: fetched by who writes. Loads the draft, or begins one. */

import "../player/player.css";
import "./editor.css";
import { Refused } from "../client/api";
import type { DraftShown } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { showDraft } from "../client/host_drafts";
import { useAsked } from "../host/asked";
import { Waiting } from "../host/waiting";
import { addWords, t } from "../i18n";
import { EDITOR_WORDS } from "../i18n/editor";
import { useTitle } from "../parts/hooks";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { Desk } from "./desk";
import { EMPTY, fromSaved } from "./document";

await addWords(EDITOR_WORDS);

export default function Editor({ draftId }: { draftId: string }) {
  const asked = useAsked<DraftShown | "new">(draftId, () => asAuthor((token) => draftOrNew(token, draftId)));
  useTitle(t("page.host"));
  const draft = asked.value;
  return (
    <>
      <TopBar />
      <Stage screen={`edit ${draftId}`}>
        {draft === null ? (
          <div class="screen is-medium">
            <h1 tabIndex={-1} data-focus>
              {t("editor.title")}
            </h1>
            <Waiting problem={asked.problem} onAgain={asked.again} />
          </div>
        ) : (
          <Desk
            draftId={draftId}
            document={draft === "new" ? EMPTY : fromSaved(draft)}
            revision={draft === "new" ? 0 : draft.revision}
            problems={draft === "new" ? [] : draft.problems}
          />
        )}
      </Stage>
    </>
  );
}

async function draftOrNew(token: string, draftId: string): Promise<DraftShown | "new"> {
  try {
    return await showDraft(token, draftId);
  } catch (error) {
    if (error instanceof Refused && error.code === "draft_unknown") return "new";
    throw error;
  }
}
