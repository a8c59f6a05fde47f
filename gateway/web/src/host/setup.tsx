/** The host's first screen: choose a quiz, choose how it runs, open the session. */

import { useState } from "preact/hooks";
import { openSession, publishQuiz } from "../client/api";
import type { QuizBody, SessionOpened, SettingsBody } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { rich, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { useTitle } from "../parts/hooks";
import { LanguageMenu } from "../parts/language_menu";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { QuizProblem } from "./quiz_file";
import { QuizSource, readSource, type Source } from "./quiz_source";
import { SettingsFields } from "./settings";

const STANDARD: SettingsBody = { pacing: "host", policy: "speed.v1", late_join: true };

export function Setup({ refusal, onOpened }: { refusal: string; onOpened: (session: SessionOpened) => void }) {
  useTitle(t("page.host"));
  return (
    <>
      <TopBar />
      <Stage screen="setup">
        <div class="screen is-medium">
          <SetupForm refusal={refusal} onOpened={onOpened} />
          <div class="aside">
            <p class="soft">{rich("host.playing", { link: <a href="/">{t("host.playing.link")}</a> })}</p>
            <LanguageMenu />
          </div>
        </div>
      </Stage>
    </>
  );
}

function SetupForm({ refusal, onOpened }: { refusal: string; onOpened: (session: SessionOpened) => void }) {
  const [source, choose] = useState<Source>({ kind: "sample", text: "", name: "" });
  const [settings, set] = useState<SettingsBody>(STANDARD);
  const [isOpening, setOpening] = useState(false);
  const [isWaking, setWaking] = useState(false);
  const [problem, complain] = useState(refusal);

  const open = async () => {
    setOpening(true);
    complain("");
    try {
      const quiz = readSource(source);
      onOpened(await opened(quiz, settings, () => setWaking(true)));
    } catch (error) {
      setOpening(false);
      setWaking(false);
      complain(error instanceof QuizProblem ? error.message : problemText(error));
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
      <h1 tabIndex={-1} data-focus>
        {t("host.title")}
      </h1>
      <QuizSource source={source} onSource={choose} />
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

async function opened(quiz: QuizBody, settings: SettingsBody, onWait: () => void): Promise<SessionOpened> {
  return asAuthor(async (token) => {
    const published = await publishQuiz(quiz, { token, onWait });
    return openSession({ quiz_id: published.quiz_id, version: published.version, settings }, { token, onWait });
  }, onWait);
}
