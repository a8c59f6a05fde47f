/** The first screen: a code, then a nickname and a team as the session's host wants them. */

import { useEffect, useRef, useState } from "preact/hooks";
import { findSession } from "../client/api";
import type { SessionFound } from "../client/api.gen";
import { rich, suggestLanguage, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { useTitle } from "../parts/hooks";
import { LanguageMenu } from "../parts/language_menu";
import { People } from "../parts/people";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { CODE_LENGTH, closedBecause, foldedCode, type Player, requestJoin, type Wish } from "./joining";
import { picksTeam, Who } from "./who";

interface Props extends Wish {
  /** The page was refreshed while a request was under way: the same request goes on. */
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
        <div class="screen is-narrow is-asking">
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

function JoinForm(props: Props) {
  const [code, typeCode] = useState(props.code);
  const [nickname, typeName] = useState(props.nickname);
  const [team, pickTeam] = useState(props.team);
  const { session, problem: unknown } = useSession(foldedCode(code));
  const { join, isJoining, isWaking, problem } = useJoining(props);
  const form = useRef<HTMLFormElement>(null);
  const wish = { code: foldedCode(code), nickname: nickname.trim(), team };
  const closed = session === null ? null : closedBecause(session);
  const words = problem || unknown || (closed === null ? "" : t(closed));
  useEffect(() => {
    if (props.isPending) void join(props);
    else if (matchMedia("(hover: hover)").matches)
      form.current?.querySelector<HTMLInputElement>(props.code === "" ? "#code" : "#nickname")?.focus();
  }, []);

  return (
    <form
      ref={form}
      class="card join"
      onSubmit={(event) => {
        event.preventDefault();
        void join(wish, session);
      }}
    >
      <h1 tabIndex={-1} data-focus>
        {t("join.title")}
      </h1>
      <CodeField code={code} onCode={typeCode} />
      {session !== null && (
        <p class="soft found">{rich("join.found", { title: <People text={session.title} /> })}</p>
      )}
      <Who session={session} nickname={nickname} team={team} onName={typeName} onTeam={pickTeam} />
      {words !== "" && (
        <p class="problem" role="alert">
          {words}
        </p>
      )}
      <button type="submit" class="button is-primary" disabled={isJoining}>
        {t(isJoining ? "join.joining" : "join.submit")}
      </button>
      {closed !== null && session?.spectators && <a href={`/screen?code=${session.code}`}>{t("join.watch")}</a>}
      <p class="soft" role="status">
        {isWaking && t("join.waking")}
      </p>
    </form>
  );
}

const CodeField = ({ code, onCode }: { code: string; onCode: (code: string) => void }) => (
  <div class="field">
    <label class="label" htmlFor="code">
      {t("join.code")}
    </label>
    <input
      id="code"
      name="code"
      class="typed is-code"
      dir="ltr"
      value={code}
      required
      maxLength={12}
      autoComplete="off"
      autoCapitalize="characters"
      spellcheck={false}
      onInput={(event) => onCode(event.currentTarget.value)}
    />
  </div>
);

/** The session of a whole code, as soon as it is typed: its rules decide what else is asked. */
function useSession(code: string): { session: SessionFound | null; problem: string } {
  const [found, find] = useState<{ code: string; session: SessionFound | null; problem: string } | null>(null);
  useEffect(() => {
    if (code.length !== CODE_LENGTH) return;
    let isWanted = true;
    const take = (session: SessionFound | null, problem: string) => {
      if (isWanted) find({ code, session, problem });
    };
    findSession(code).then(
      (session) => {
        take(session, "");
        if (isWanted) void suggestLanguage(session.language);
      },
      (error) => take(null, problemText(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [code]);
  return found?.code === code ? found : { session: null, problem: "" };
}

/** Joins once at a time, and tells how that goes. */
function useJoining({ onJoined, refusal = "" }: Props) {
  const [isJoining, setJoining] = useState(false);
  const [isWaking, setWaking] = useState(false);
  const [problem, complain] = useState(refusal);
  const join = async (wish: Wish, session: SessionFound | null = null) => {
    if (isJoining) return;
    if (picksTeam(session) && wish.team === null) return complain(t("join.team.none"));
    setJoining(true);
    complain("");
    try {
      const player = await requestJoin(wish, () => setWaking(true));
      history.replaceState(null, "", `/?code=${encodeURIComponent(player.code)}`);
      onJoined(player);
    } catch (error) {
      setJoining(false);
      setWaking(false);
      complain(problemText(error));
    }
  };
  return { join, isJoining, isWaking, problem };
}
