/** The host's first screen: choose a quiz, choose how it runs, open the session. */

import { h, setText } from "./dom.js";
import { QuizProblem, parseQuiz } from "./quiz_file.js";
import { counted } from "./words.js";

const MAX_FILE_BYTES = 4_000_000;

/** `onOpen({ quiz, settings })`, where `quiz` is null for the sample. */
export function setupScreen({ sample, onOpen }) {
  const source = quizSource(sample);
  const options = sessionOptions();
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const button = h("button", { type: "submit", class: "button is-primary" }, "Open the session");
  const progress = h("p", { class: "soft", role: "status" });
  const submit = (event) => {
    event.preventDefault();
    try {
      onOpen({ quiz: source.read(), settings: options.read() });
    } catch (error) {
      if (!(error instanceof QuizProblem)) throw error;
      update({ refusal: error.message });
    }
  };
  const update = ({ opening = false, refusal = null, note = "" }) => {
    button.disabled = opening;
    setText(button, opening ? "Opening…" : "Open the session");
    setText(progress, note);
    problem.hidden = refusal === null;
    setText(problem, refusal ?? "");
  };
  const form = h(
    "form",
    { class: "card setup", onsubmit: submit },
    h("h1", { tabindex: "-1", "data-focus": true }, "Host a quiz"),
    source.element,
    options.element,
    problem,
    button,
    progress,
  );
  const element = h(
    "div",
    { class: "screen is-medium" },
    form,
    h("p", { class: "soft aside" }, "Playing? ", h("a", { href: "/" }, "Join with a code")),
  );
  return { element, update };
}

function quizSource(sample) {
  const pick = (value, isChecked) => h("input", { type: "radio", name: "source", value, checked: isChecked });
  const [sampleRadio, ownRadio] = [pick("sample", true), pick("own", false)];
  const text = h("textarea", {
    id: "quiz-text",
    rows: 5,
    class: "typed is-code-text",
    spellcheck: "false",
    placeholder: '{"title": "…", "questions": […]}',
  });
  const file = h("input", { type: "file", id: "quiz-file", accept: ".json,application/json", class: "unseen" });
  const found = h("p", { class: "soft found", role: "status" });
  let name = "";

  const check = () => {
    ownRadio.checked = true;
    try {
      const quiz = parseQuiz(text.value, name || undefined);
      setText(found, `“${quiz.title}”, ${counted(quiz.questions.length, "question")}`);
      found.classList.remove("is-bad");
    } catch (error) {
      setText(found, error.message);
      found.classList.add("is-bad");
    }
  };
  const take = async (chosen) => {
    if (!chosen) return;
    if (chosen.size > MAX_FILE_BYTES) {
      setText(found, "Expected a file of at most 4 MB.");
      return;
    }
    name = chosen.name.replace(/\.json$/i, "");
    text.value = await chosen.text();
    check();
  };
  file.addEventListener("change", () => take(file.files[0]));
  text.addEventListener("input", check);
  const drop = dropZone(take, file);
  const element = h(
    "fieldset",
    { class: "sources" },
    h("legend", { class: "label" }, "Quiz"),
    h(
      "label",
      { class: "source" },
      sampleRadio,
      h(
        "span",
        {},
        h("strong", {}, sample.title),
        h("span", { class: "soft" }, ` · ${counted(sample.questions.length, "question")}, one of every type`),
      ),
    ),
    h(
      "div",
      { class: "source is-own" },
      h(
        "label",
        { class: "source-label" },
        ownRadio,
        h("span", {}, h("strong", {}, "My own quiz"), h("span", { class: "soft" }, " · a JSON file")),
      ),
      drop,
      h("label", { class: "unseen", for: "quiz-text" }, "The quiz as JSON"),
      text,
      found,
    ),
  );
  const read = () => (sampleRadio.checked ? sample : parseQuiz(text.value, name || undefined));
  return { element, read };
}

function dropZone(take, file) {
  const zone = h(
    "label",
    { class: "drop", for: file.id },
    file,
    h("span", {}, "Drop a file here or ", h("span", { class: "like-link" }, "choose one")),
  );
  const hover = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("is-over", isOver);
  };
  zone.addEventListener("dragover", hover(true));
  zone.addEventListener("dragleave", hover(false));
  zone.addEventListener("drop", (event) => {
    hover(false)(event);
    take(event.dataTransfer.files[0]);
  });
  return zone;
}

function sessionOptions() {
  const select = (id, label, entries) => {
    const control = h(
      "select",
      { id, class: "typed" },
      entries.map(([value, words]) => h("option", { value }, words)),
    );
    return {
      control,
      field: h("div", { class: "field" }, h("label", { class: "label", for: id }, label), control),
    };
  };
  const pacing = select("pacing", "Who opens the next question", [
    ["host", "I do"],
    ["clock", "The clock, after a pause"],
  ]);
  const policy = select("policy", "Points", [
    ["speed.v1", "More for quick answers"],
    ["flat.v1", "The same for every right answer"],
    ["linear.v1", "Down to nothing at the deadline"],
  ]);
  const late = h("input", { type: "checkbox", id: "late", checked: true });
  const element = h(
    "fieldset",
    { class: "options" },
    h("legend", { class: "unseen" }, "Settings"),
    pacing.field,
    policy.field,
    h("label", { class: "check", for: "late" }, late, " People may join after the start"),
  );
  const read = () => ({ pacing: pacing.control.value, policy: policy.control.value, late_join: late.checked });
  return { element, read };
}
