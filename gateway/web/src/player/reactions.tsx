/** What one may express between the questions. Fetched only where the host wanted it. */

import { REACTIONS } from "../client/applause";
import type { PlayerClient } from "../client/player";
import { t } from "../i18n";
import { announce } from "../parts/announcer";
import { REACTION_WORDS, ReactionSign } from "../parts/reaction_sign";
import "./reactions.css";

export default function Reactions({ client }: { client: PlayerClient }) {
  return (
    <aside class="reactions" aria-label={t("react.title")}>
      {REACTIONS.map((reaction) => {
        const words = t(REACTION_WORDS[reaction]);
        return (
          <button
            key={reaction}
            type="button"
            class="reaction"
            aria-label={words}
            title={words}
            onClick={() => client.react(reaction) && announce(t("react.sent", { reaction: words }))}
          >
            <ReactionSign reaction={reaction} />
          </button>
        );
      })}
    </aside>
  );
}
