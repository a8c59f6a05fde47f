/** Saves what is written while the desk is there, and warns whoever would leave it too early. */

import { useEffect, useMemo } from "preact/hooks";
import type { QuizProblem } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { saveDraft, showDraft } from "../client/host_drafts";
import { Autosave } from "./autosave";
import type { Document } from "./document";

interface Saved {
  revision: number;
  problems: readonly QuizProblem[];
  onChange: () => void;
}

export function useSaving(draftId: string, first: Document, { revision, problems, onChange }: Saved): Autosave {
  const saving = useMemo(() => {
    const made = new Autosave(first, revision, {
      drafts: {
        save: (body) => asAuthor((token) => saveDraft(token, draftId, body)),
        show: () => asAuthor((token) => showDraft(token, draftId)),
      },
      onChange,
    });
    made.problems = problems;
    return made;
  }, [draftId]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.state === "saved") return;
      void saving.flush();
      event.preventDefault();
    };
    const again = () => void saving.flush();
    window.addEventListener("beforeunload", warn);
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("online", again);
      void saving.flush();
      saving.stop();
    };
  }, [saving]);
  return saving;
}
