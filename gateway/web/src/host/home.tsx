/** The host's first screen: one's quizzes, what is being written, and one's sessions. */

import { useState } from "preact/hooks";
import { publishQuiz } from "../client/api";
import type { QuizBody, QuizzesListed, SessionOpened } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { finishDeletions } from "../client/deletions";
import { listDrafts, newDraft } from "../client/host_drafts";
import { listQuizzes } from "../client/host_library";
import { listSessions } from "../client/host_sessions";
import { rich, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { useTitle } from "../parts/hooks";
import { LanguageMenu } from "../parts/language_menu";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { useAsked } from "./asked";
import { DraftList } from "./draft_list";
import { ImportBox } from "./import_box";
import { QuizList } from "./quiz_list";
import { goTo } from "./route";
import sample from "./sample_quiz.json";
import { SessionList } from "./session_list";
import { Waiting } from "./waiting";

interface Props {
  /** Why one is back here, where that needs saying. */
  refusal: string;
  onDrive: (session: SessionOpened) => void;
}

export function Home({ refusal, onDrive }: Props) {
  useTitle(t("page.host"));
  const quizzes = useAsked("quizzes", () => asAuthor(library));
  const drafts = useAsked("drafts", () => asAuthor(listDrafts));
  const sessions = useAsked("sessions", () => asAuthor((token) => listSessions(token, null)));
  const [problem, complain] = useState("");
  const write = async () => {
    complain("");
    try {
      goTo({ at: "edit", draftId: await asAuthor(newDraft) });
    } catch (error) {
      complain(problemText(error));
    }
  };
  const isEmpty = quizzes.value?.quizzes.length === 0;
  return (
    <>
      <TopBar />
      <Stage screen="home">
        <div class="screen is-library">
          <div class="library-head">
            <h1 tabIndex={-1} data-focus>
              {t("home.title")}
            </h1>
            <button type="button" class="button" onClick={() => void write()}>
              {t("home.write")}
            </button>
          </div>
          {(problem || refusal) !== "" && (
            <p class="problem" role="alert">
              {problem || refusal}
            </p>
          )}
          {quizzes.value === null ? (
            <Waiting problem={quizzes.problem} onAgain={quizzes.again} />
          ) : (
            <>
              {isEmpty && <Empty />}
              <QuizList listed={quizzes.value} drafts={drafts.value?.drafts ?? []} onChanged={quizzes.again} />
            </>
          )}
          <ImportBox onTaken={quizzes.again} />
          <DraftList drafts={drafts.value?.drafts ?? []} onChanged={drafts.again} />
          <SessionList listed={sessions.value} onDrive={onDrive} />
          <div class="aside">
            <p class="soft">{rich("host.playing", { link: <a href="/">{t("host.playing.link")}</a> })}</p>
            <LanguageMenu />
          </div>
        </div>
      </Stage>
    </>
  );
}

/** What was deleted when the page was left is not listed once more. */
async function library(token: string): Promise<QuizzesListed> {
  await finishDeletions(token);
  return listQuizzes(token, null);
}

/** Nothing there yet: what one may do about it. */
function Empty() {
  const [isAdding, setAdding] = useState(false);
  const [problem, complain] = useState("");
  const add = async () => {
    setAdding(true);
    complain("");
    try {
      const { quiz_id } = await asAuthor((token) => publishQuiz(sample as QuizBody, { token }));
      goTo({ at: "open", quizId: quiz_id });
    } catch (error) {
      setAdding(false);
      complain(problemText(error));
    }
  };
  return (
    <section class="empty">
      <span class="empty-line" aria-hidden="true">
        <span class="empty-stop" />
        <span class="empty-stop" />
        <span class="empty-stop" />
      </span>
      <h2>{t("home.empty")}</h2>
      <p class="soft">{t("home.empty.text")}</p>
      <button
        type="button"
        class="button is-primary"
        aria-disabled={isAdding}
        onClick={() => !isAdding && void add()}
      >
        {t(isAdding ? "host.opening" : "home.sample")}
      </button>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
