/** Opens a session of one quiz, as the host wants it to run. */

import { useState } from "preact/hooks";
import { openSession } from "../client/api";
import type { SessionOpened } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { quizVersions } from "../client/host_library";
import { t } from "../i18n";
import { reasonedText } from "../i18n/reasons";
import { useTitle } from "../parts/hooks";
import { People } from "../parts/people";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { useAsked } from "./asked";
import { fitting, keepSettings, lastSettings } from "./chosen_settings";
import { pathOf } from "./route";
import { SettingsFields } from "./settings";
import { Waiting } from "./waiting";

interface Props {
  quizId: string;
  onOpened: (session: SessionOpened) => void;
}

export function OpenScreen({ quizId, onOpened }: Props) {
  useTitle(t("page.host"));
  const versions = useAsked(quizId, () => asAuthor((token) => quizVersions(token, quizId)));
  const newest = versions.value?.versions[0];
  return (
    <>
      <TopBar />
      <Stage screen={`open ${quizId}`}>
        <div class="screen is-medium">
          <p>
            <a href={pathOf({ at: "home" })}>{t("home.back")}</a>
          </p>
          <h1 tabIndex={-1} data-focus>
            {newest === undefined ? t("host.title") : <People text={newest.title} />}
          </h1>
          {newest === undefined ? (
            <Waiting problem={versions.problem} onAgain={versions.again} />
          ) : (
            <>
              <p class="soft">{t("questions", { count: newest.question_count })}</p>
              <OpenForm quizId={quizId} onOpened={onOpened} />
            </>
          )}
        </div>
      </Stage>
    </>
  );
}

function OpenForm({ quizId, onOpened }: Props) {
  const [settings, set] = useState(lastSettings);
  const [isOpening, setOpening] = useState(false);
  const [isWaking, setWaking] = useState(false);
  const [problem, complain] = useState("");
  const open = async () => {
    setOpening(true);
    complain("");
    keepSettings(settings);
    try {
      const body = { quiz_id: quizId, settings: fitting(settings) };
      onOpened(await asAuthor((token) => openSession(body, { token, onWait: () => setWaking(true) })));
    } catch (error) {
      complain(await reasonedText(error));
      setOpening(false);
      setWaking(false);
    }
  };
  return (
    <form
      class="card setup"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <SettingsFields settings={settings} onSettings={set} />
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button is-primary" disabled={isOpening}>
        {t(isOpening ? "host.opening" : "host.open")}
      </button>
      <p class="soft" role="status">
        {isWaking && t("host.waking")}
      </p>
    </form>
  );
}
