/** To play a published quiz alone: a session of one's own, opened by a link from whoever made the quiz. */

import { useState } from "preact/hooks";
import { openPractice } from "../client/api";
import { t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { useTitle } from "../parts/hooks";
import { LanguageMenu } from "../parts/language_menu";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { type Player, requestJoin } from "./joining";

interface Props {
  token: string;
  onJoined: (player: Player) => void;
}

export function Practice(props: Props) {
  const { start, isStarting, isWaking, problem } = useStart(props);
  useTitle(t("page.practice"));
  return (
    <>
      <TopBar />
      <Stage screen="practice">
        <div class="screen is-narrow is-asking">
          <div class="card join">
            <h1 tabIndex={-1} data-focus>
              {t("practice.title")}
            </h1>
            <p>{t("practice.text")}</p>
            {problem !== "" && (
              <p class="problem" role="alert">
                {problem}
              </p>
            )}
            <button
              type="button"
              class="button is-primary"
              disabled={isStarting}
              onClick={() => void start(t("practice.name"))}
            >
              {t(isStarting ? "join.joining" : "practice.start")}
            </button>
            <p class="soft" role="status">
              {isWaking && t("join.waking")}
            </p>
          </div>
          <div class="aside">
            <LanguageMenu />
          </div>
        </div>
      </Stage>
    </>
  );
}

function useStart({ token, onJoined }: Props) {
  const [isStarting, setStarting] = useState(false);
  const [isWaking, setWaking] = useState(false);
  const [problem, complain] = useState("");
  const start = async (nickname: string) => {
    setStarting(true);
    complain("");
    try {
      const onWait = () => setWaking(true);
      const { code } = await openPractice(token, { onWait });
      onJoined(await requestJoin({ code, nickname, team: null }, onWait, token));
    } catch (error) {
      setStarting(false);
      setWaking(false);
      complain(problemText(error));
    }
  };
  return { start, isStarting, isWaking, problem };
}
