/** The first screen: a code, a nickname. */

import { useEffect, useRef, useState } from "preact/hooks";
import { rich, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { useTitle } from "../parts/hooks";
import { LanguageMenu } from "../parts/language_menu";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { foldedCode, type Player, requestJoin } from "./joining";

interface Props {
  code: string;
  nickname: string;
  isPending?: boolean;
  refusal?: string;
  onJoined: (player: Player) => void;
}

export function Join(props: Props) {
  useTitle(t("page.join"));
  return (
    <>
      <TopBar />
      <Stage screen="join">
        <div class="screen is-narrow is-join">
          <JoinForm {...props} />
          <div class="aside">
            <p class="soft">{rich("join.hosting", { link: <a href="/host">{t("join.hosting.link")}</a> })}</p>
            <LanguageMenu />
          </div>
        </div>
      </Stage>
    </>
  );
}

function JoinForm({ code, nickname, isPending = false, refusal = "", onJoined }: Props) {
  const codeInput = useRef<HTMLInputElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const [isJoining, setJoining] = useState(false);
  const [isWaking, setWaking] = useState(false);
  const [problem, complain] = useState(refusal);

  const join = async (wantedCode: string, wantedName: string) => {
    if (isJoining) return;
    setJoining(true);
    complain("");
    try {
      const player = await requestJoin(foldedCode(wantedCode), wantedName.trim(), () => setWaking(true));
      history.replaceState(null, "", `/?code=${encodeURIComponent(player.code)}`);
      onJoined(player);
    } catch (error) {
      setJoining(false);
      setWaking(false);
      complain(problemText(error));
    }
  };
  useEffect(() => {
    if (isPending) void join(code, nickname);
    else if (matchMedia("(hover: hover)").matches) (code === "" ? codeInput : nameInput).current?.focus();
  }, []);

  return (
    <form
      class="card join"
      onSubmit={(event) => {
        event.preventDefault();
        void join(codeInput.current?.value ?? "", nameInput.current?.value ?? "");
      }}
    >
      <h1 tabIndex={-1} data-focus>
        {t("join.title")}
      </h1>
      <div class="field">
        <label class="label" htmlFor="code">
          {t("join.code")}
        </label>
        <input
          ref={codeInput}
          id="code"
          name="code"
          class="typed is-code"
          dir="ltr"
          defaultValue={code}
          required
          maxLength={12}
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
        />
      </div>
      <div class="field">
        <label class="label" htmlFor="nickname">
          {t("join.nickname")}
        </label>
        <input
          ref={nameInput}
          id="nickname"
          name="nickname"
          class="typed"
          dir="auto"
          defaultValue={nickname}
          required
          maxLength={24}
          autoComplete="nickname"
        />
      </div>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button is-primary" disabled={isJoining}>
        {t(isJoining ? "join.joining" : "join.submit")}
      </button>
      <p class="soft" role="status">
        {isWaking && t("join.waking")}
      </p>
    </form>
  );
}
