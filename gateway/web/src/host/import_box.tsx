/** Takes a file of questions, dropped or chosen, and says by row what of it cannot be taken. */

import { useEffect, useState } from "preact/hooks";
import type { ImportProblem, QuizImported } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { LIBRARY_QUIZ_BYTES } from "../client/bounds.gen";
import { importProblems, importQuiz } from "../client/host_library";
import { rich, t } from "../i18n";
import { loadReasons, reasonText } from "../i18n/reasons";
import { problemText } from "../i18n/refusals";
import { People } from "../parts/people";
import { pathOf } from "./route";

const KINDS = ".xlsx,.csv,.gift,.txt,.json";
const REFUSED = "import-refused";
const TAKEN = "import-taken";

type State =
  | { is: "idle" }
  | { is: "reading" }
  | { is: "taken"; quiz: QuizImported }
  | { is: "refused"; file: File; problems: readonly ImportProblem[] }
  | { is: "failed"; words: string };

export function ImportBox({ onTaken }: { onTaken: () => void }) {
  const [state, become] = useState<State>({ is: "idle" });
  const [isOver, hover] = useState(false);
  const take = async (file: File | undefined, skip = false) => {
    if (file === undefined) return;
    if (file.size > LIBRARY_QUIZ_BYTES) return become({ is: "failed", words: t("file.large") });
    become({ is: "reading" });
    try {
      const quiz = await asAuthor((token) => importQuiz(token, file, { skip }));
      if (quiz.warnings.length > 0) await loadReasons();
      become({ is: "taken", quiz });
      onTaken();
    } catch (error) {
      const problems = importProblems(error);
      if (problems?.length) await loadReasons();
      become(problems?.length ? { is: "refused", file, problems } : { is: "failed", words: problemText(error) });
    }
  };
  useWholePage();
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    hover(over);
  };
  return (
    <section class="library-part" aria-labelledby="import-title">
      <h2 id="import-title">{t("import.title")}</h2>
      <label
        class={`drop ${isOver ? "is-over" : ""}`}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <input
          type="file"
          accept={KINDS}
          class="unseen"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            void take(file);
            event.currentTarget.value = "";
          }}
        />
        <span>{rich("host.drop", { link: <span class="like-link">{t("host.drop.link")}</span> })}</span>
        <span class="soft drop-kinds">{t("import.kinds")}</span>
      </label>
      <div role="status">
        {state.is === "reading" && <p>{t("import.reading")}</p>}
        {state.is === "taken" && <Taken quiz={state.quiz} />}
      </div>
      {state.is === "failed" && (
        <p class="problem" role="alert">
          {state.words}
        </p>
      )}
      {state.is === "refused" && (
        <Refusal
          name={state.file.name}
          problems={state.problems}
          onSkip={() => void take(state.file, true)}
          onLeave={() => become({ is: "idle" })}
        />
      )}
    </section>
  );
}

/** A file that misses its place would be opened by the browser instead of this page. */
function useWholePage(): void {
  useEffect(() => {
    const stay = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    window.addEventListener("dragover", stay);
    window.addEventListener("drop", stay);
    return () => {
      window.removeEventListener("dragover", stay);
      window.removeEventListener("drop", stay);
    };
  }, []);
}

const Taken = ({ quiz }: { quiz: QuizImported }) => (
  <div class="taken">
    <p id={TAKEN}>
      {t("import.taken", { title: quiz.title, questions: t("questions", { count: quiz.question_count }) })}{" "}
      <a href={pathOf({ at: "open", quizId: quiz.quiz_id })}>{t("quiz.start")}</a>
    </p>
    {quiz.warnings.length > 0 && <ByRow problems={quiz.warnings} titledBy={TAKEN} />}
  </div>
);

interface RefusalProps {
  name: string;
  problems: readonly ImportProblem[];
  onSkip: () => void;
  onLeave: () => void;
}

/** A screen reader is told that the file was refused; the rows are for whoever goes there. */
const Refusal = ({ name, problems, onSkip, onLeave }: RefusalProps) => (
  <div class="problem-box">
    <p id={REFUSED} class="problem" role="alert">
      {t("import.refused", { name })}
    </p>
    <ByRow problems={problems} titledBy={REFUSED} />
    <div class="row is-start">
      <button type="button" class="button" onClick={onSkip}>
        {t("import.skip")}
      </button>
      <button type="button" class="button is-quiet" onClick={onLeave}>
        {t("import.leave")}
      </button>
    </div>
  </div>
);

/** The server's reasons, each with its place in the file. */
const ByRow = ({ problems, titledBy }: { problems: readonly ImportProblem[]; titledBy: string }) => (
  // What scrolls must be reached by the keyboard.
  <section class="by-row" tabIndex={0} aria-labelledby={titledBy}>
    <ul role="list">
      {problems.map((problem, index) => (
        <li key={index} class="by-row-line">
          <strong class="by-row-place">
            {problem.column === null
              ? t("import.row", { row: problem.row })
              : t("import.cell", { row: problem.row, column: problem.column })}
          </strong>{" "}
          <span dir="auto">{reasonText(problem)}</span>{" "}
          {problem.title !== null && <People class="soft by-row-title" text={problem.title} />}
        </li>
      ))}
    </ul>
  </section>
);
