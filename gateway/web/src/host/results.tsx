/** What a host takes home: the winners, everybody's points, how each question went, and the files. */

import { useState } from "preact/hooks";
import type { PlayerRow, QuestionStatistics, SessionOpened } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { download } from "../client/host_library";
import { type ResultsFormat, resultsPath, sessionResults, takeReins } from "../client/host_sessions";
import { number, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { useTitle } from "../parts/hooks";
import { People } from "../parts/people";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { useAsked } from "./asked";
import { Difficulty, Distribution } from "./distribution";
import { pathOf } from "./route";
import { Waiting } from "./waiting";

const FORMATS: readonly ResultsFormat[] = ["xlsx", "csv", "json"];
const FIRST_SHOWN = 100;
const STEPS = 3;

interface Props {
  sessionId: string;
  /** The session that this tab drives, whose token serves where one is not its author. */
  hosted: SessionOpened | null;
}

export default function Results({ sessionId, hosted }: Props) {
  const asked = useAsked(sessionId, async () => {
    const reins =
      hosted?.session_id === sessionId ? hosted : await asAuthor((token) => takeReins(sessionId, token));
    return { reins, results: await sessionResults(reins) };
  });
  const title = asked.value?.results.session.title ?? "";
  useTitle(t("page.session", { title: title || t("results.title") }));
  return (
    <>
      <TopBar />
      <Stage screen={`results ${sessionId}`}>
        <div class="screen is-library">
          <p>
            <a href={pathOf({ at: "home" })}>{t(hosted === null ? "home.back" : "results.back")}</a>
          </p>
          <h1 tabIndex={-1} data-focus>
            {title === "" ? t("results.title") : <People text={title} />}
          </h1>
          {asked.value === null ? (
            <Waiting problem={asked.problem} onAgain={asked.again} />
          ) : (
            <>
              <Downloads sessionId={sessionId} token={asked.value.reins.host_token} />
              <Winners players={asked.value.results.players} />
              <PlayersTable players={asked.value.results.players} />
              <Questions questions={asked.value.results.questions} />
            </>
          )}
        </div>
      </Stage>
    </>
  );
}

function Downloads({ sessionId, token }: { sessionId: string; token: string }) {
  const [problem, complain] = useState("");
  const [isTaking, setTaking] = useState(false);
  const take = async (format: ResultsFormat) => {
    complain("");
    setTaking(true);
    await download(token, resultsPath(sessionId, format)).catch((error: unknown) => complain(problemText(error)));
    setTaking(false);
  };
  return (
    <div class="downloads">
      <div class="row is-start">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            class="button"
            aria-disabled={isTaking}
            onClick={() => void take(format)}
          >
            {t("results.download", { format: format.toUpperCase() })}
          </button>
        ))}
      </div>
      <p class="soft" role="status">
        {isTaking && t("results.taking")}
      </p>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** The first three as a sentence each: the table below holds everybody. */
function Winners({ players }: { players: readonly PlayerRow[] }) {
  const best = players.filter((row) => row.rank !== null && row.rank <= STEPS && row.points > 0);
  if (best.length === 0) return <p class="soft">{t("results.nobody")}</p>;
  return (
    <ol class="winners" role="list" aria-label={t("results.winners")}>
      {best.map((row) => (
        <li key={row.player_id} class={`winner is-${row.rank}`}>
          <span class="rank">{number(row.rank ?? 0)}</span>
          <span class="winner-name">
            <People text={row.nickname} />
          </span>
          <span class="winner-points">{t("question.worth", { count: row.points })}</span>
        </li>
      ))}
    </ol>
  );
}

function PlayersTable({ players }: { players: readonly PlayerRow[] }) {
  const [isWhole, showAll] = useState(false);
  const shown = isWhole ? players : players.slice(0, FIRST_SHOWN);
  const hasTeams = players.some((row) => row.team !== "");
  if (players.length === 0) return null;
  return (
    <div class="library-part">
      <h2 id="players-title">{t("control.players")}</h2>
      {/* What scrolls must be reached by the keyboard. */}
      <section class="table-frame" tabIndex={0} aria-labelledby="players-title">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("results.rank")}</th>
              <th scope="col">{t("join.nickname")}</th>
              {hasTeams && <th scope="col">{t("results.team")}</th>}
              <th scope="col">{t("host.policy")}</th>
              <th scope="col">{t("results.correct")}</th>
              <th scope="col">{t("results.answered")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.player_id}>
                <td>{row.rank === null ? "" : number(row.rank)}</td>
                <th scope="row">
                  <People text={row.nickname} />
                  {row.removed && <span class="soft removed">{t("results.removed")}</span>}
                </th>
                {hasTeams && (
                  <td>
                    <People text={row.team} />
                  </td>
                )}
                <td>{number(row.points)}</td>
                <td>{number(row.correct)}</td>
                <td>{number(row.answered)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < players.length && (
        <button type="button" class="button" onClick={() => showAll(true)}>
          {t("home.more")}
        </button>
      )}
    </div>
  );
}

function Questions({ questions }: { questions: readonly QuestionStatistics[] }) {
  if (questions.length === 0) return null;
  return (
    <section class="library-part" aria-labelledby="questions-title">
      <h2 id="questions-title">{t("results.questions")}</h2>
      <ol class="question-results" role="list">
        {questions.map((statistics) => (
          <li key={statistics.index} class="card question-result">
            <h3>
              <span class="soft">{number(statistics.index + 1)}</span> <People text={statistics.prompt} />
            </h3>
            <Difficulty statistics={statistics} />
            <Distribution statistics={statistics} />
          </li>
        ))}
      </ol>
    </section>
  );
}
