/** One's sessions: running ones to return to, finished ones to look at. */

import { useState } from "preact/hooks";
import type { Phase, SessionListed, SessionOpened, SessionsListed } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { listSessions, takeReins } from "../client/host_sessions";
import { type Key, moment, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { People } from "../parts/people";
import { facts } from "./facts";
import { pathOf } from "./route";

const PHASES: Record<Phase, Key> = {
  lobby: "phase.lobby",
  question_open: "phase.question",
  question_closed: "phase.question",
  leaderboard: "phase.question",
  running: "phase.running",
  finished: "phase.finished",
};

interface Props {
  listed: SessionsListed | null;
  onDrive: (session: SessionOpened) => void;
}

export function SessionList({ listed, onDrive }: Props) {
  const [more, add] = useState<SessionsListed | null>(null);
  const [problem, complain] = useState("");
  if (listed === null || listed.sessions.length === 0) return null;
  const next = more === null ? listed.next : more.next;
  const sessions = [...listed.sessions, ...(more?.sessions ?? [])];
  const fail = (error: unknown) => complain(problemText(error));
  const drive = (sessionId: string) =>
    void asAuthor((token) => takeReins(sessionId, token)).then(
      (opened) => onDrive({ ...opened, version: 0 }),
      fail,
    );
  const goOn = () =>
    void asAuthor((token) => listSessions(token, next)).then(
      (page) => add({ sessions: [...(more?.sessions ?? []), ...page.sessions], next: page.next }),
      fail,
    );
  return (
    <section class="library-part" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("home.sessions")}</h2>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" role="list">
        {sessions.map((session) => (
          <SessionLine key={session.session_id} session={session} onReturn={() => drive(session.session_id)} />
        ))}
      </ul>
      {next !== null && (
        <button type="button" class="button" onClick={goOn}>
          {t("home.more")}
        </button>
      )}
    </section>
  );
}

function SessionLine({ session, onReturn }: { session: SessionListed; onReturn: () => void }) {
  const isOver = session.phase === "finished";
  const words = t(session.cancelled ? "phase.cancelled" : PHASES[session.phase], {
    index: session.question + 1,
    count: session.question_count,
  });
  return (
    <li class="line">
      <span class="line-words">
        <strong>
          <People text={session.title} />
        </strong>
        <span class="soft">
          {facts(words, t("players", { count: session.players }), moment(session.created_at_ms))}
        </span>
      </span>
      {isOver ? (
        <a class="button is-small" href={pathOf({ at: "results", sessionId: session.session_id })}>
          {t("home.results")}
          <span class="unseen"> {session.title}</span>
        </a>
      ) : (
        <button type="button" class="button is-small" onClick={onReturn}>
          {t("home.return")}
          <span class="unseen"> {session.title}</span>
        </button>
      )}
    </li>
  );
}
