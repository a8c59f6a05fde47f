/** What is being written and not published yet. */

import type { DraftListed } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { deleteDraft } from "../client/host_drafts";
import { moment, t } from "../i18n";
import { People } from "../parts/people";
import { facts } from "./facts";
import { pathOf } from "./route";

export function DraftList({ drafts, onChanged }: { drafts: readonly DraftListed[]; onChanged: () => void }) {
  // One that nobody wrote on is none to go back to.
  const open = drafts.filter(
    (draft) =>
      draft.revision !== draft.published_revision && (draft.title.trim() !== "" || draft.question_count > 0),
  );
  if (open.length === 0) return null;
  const remove = (draftId: string) => asAuthor((token) => deleteDraft(token, draftId)).then(onChanged, onChanged);
  return (
    <section class="library-part" aria-labelledby="drafts-title">
      <h2 id="drafts-title">{t("home.drafts")}</h2>
      <ul class="lines" role="list">
        {open.map((draft) => (
          <li key={draft.draft_id} class="line">
            <span class="line-words">
              <a href={pathOf({ at: "edit", draftId: draft.draft_id })}>
                <People text={draft.title.trim() || t("editor.untitled")} />
              </a>
              <span class="soft">
                {facts(t("questions", { count: draft.question_count }), moment(draft.saved_at_ms))}
              </span>
            </span>
            <button
              type="button"
              class="button is-small is-quiet"
              aria-label={t("home.draft.delete.name", { title: draft.title || t("editor.untitled") })}
              onClick={() => void remove(draft.draft_id)}
            >
              {t("home.draft.delete")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
