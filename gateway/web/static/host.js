/** The host's page: opens a session, drives it, shows it to the room. The composition root of host.html. */

import { Refused, call } from "./api.js";
import { ServerClock } from "./clock.js";
import { connectionBanner, wakeWith } from "./connection.js";
import { Stage, h, setText } from "./dom.js";
import { Feed, socketUrl } from "./feed.js";
import { FeedView, Phase } from "./feed_view.js";
import { hostControls } from "./host_controls.js";
import { hostFinal, hostLobby, hostQuestion, hostResult } from "./host_screens.js";
import { setupScreen } from "./host_setup.js";
import { forget, load, save } from "./storage.js";
import { UNAVAILABLE, counted, refusalText } from "./words.js";

const stage = new Stage(document.querySelector("main"));
const banner = connectionBanner();
const chip = document.getElementById("chip");
document.body.prepend(banner.element);

async function start() {
  const hosted = load("host");
  if (hosted) host(hosted);
  else await setUp();
}

async function setUp({ refusal = null } = {}) {
  document.title = "Host · Quizline";
  setText(chip, "");
  const sample = (await call("GET", "/static/sample-quiz.json")).body;
  const model = { opening: false, refusal, note: "" };
  const show = (change) =>
    stage.show("setup", () => setupScreen({ sample, onOpen: open }), Object.assign(model, change));
  const open = async ({ quiz, settings }) => {
    show({ opening: true, refusal: null });
    try {
      const hosted = await openSession(quiz, settings, () =>
        show({ note: "One moment: the server is waking up…" }),
      );
      save("host", hosted);
      host(hosted);
    } catch (error) {
      show({
        opening: false,
        note: "",
        refusal:
          error instanceof Refused ? refusalText({ code: error.code, message: error.message }) : UNAVAILABLE,
      });
    }
  };
  show({});
}

async function openSession(quiz, settings, onWait) {
  const published = (await call("POST", "/api/quizzes", { body: quiz, onWait })).body;
  const body = { quiz_id: published.quiz_id, version: published.version, settings };
  return (await call("POST", "/api/sessions", { body, onWait })).body;
}

function host(hosted) {
  const view = new FeedView();
  const clock = new ServerClock();
  const drive = new Drive(hosted, view, () => render());
  const leave = (refusal = null) => {
    feed.stop();
    sleep();
    controls.element.remove();
    forget("host");
    setUp({ refusal });
  };
  const controls = hostControls({ onCommand: (name) => drive.command(name), onAnew: () => leave() });
  const render = () => {
    if (!view.isReady) return;
    const [key, build] = screenOf(view, { view, clock, joinAddress: `${location.origin}/` });
    stage.show(key, build, { view });
    controls.update({ view, isBusy: drive.isBusy, words: drive.words });
    showChip(view);
    document.title = `${view.session.title} · Quizline host`;
  };
  const feed = new Feed({
    url: socketUrl(location),
    identity: { token: hosted.host_token },
    view,
    clock,
    onMessage: render,
    onState: banner.show,
    onRefused: (refusal) => leave(refusalText(refusal)),
  });
  const sleep = wakeWith(feed);
  document.body.append(controls.element);
  stage.show("connecting", () => ({ element: h("div") }), {});
  banner.show("connecting");
  feed.start();
}

/** The host's commands: each is meant for one version of the session, so a second press does nothing twice. */
class Drive {
  words = "";
  #version;
  #isAsking = false;

  constructor(hosted, view, onChange) {
    this.hosted = hosted;
    this.view = view;
    this.onChange = onChange;
    this.#version = hosted.version;
  }

  /** A command is on its way, or its effect has not come through the feed yet. */
  get isBusy() {
    return this.#isAsking || this.view.session.version < this.#version;
  }

  async command(name) {
    if (this.isBusy) return;
    this.#version = this.view.session.version;
    this.#change({ isAsking: true, words: "" });
    const path = `/api/sessions/${this.hosted.session_id}/commands`;
    const body = { command: name, version: this.#version };
    try {
      const reply = await call("POST", path, { body, token: this.hosted.host_token, deadlineMs: 20_000 });
      this.#version = reply.body.version;
      this.#change({ isAsking: false, words: "" });
    } catch (error) {
      // A stale command tells how far the session is by now: wait until the feed has shown that.
      this.#version = Math.max(this.#version, error.version ?? 0);
      this.#change({ isAsking: false, words: this.#problem(error) });
    }
  }

  #problem(error) {
    if (!(error instanceof Refused)) return UNAVAILABLE;
    // A repeated request whose first reply was lost is stale too: the feed shows what it did.
    if (error.code === "command_stale") return "";
    return refusalText({ code: error.code, message: error.message });
  }

  #change({ isAsking, words }) {
    this.#isAsking = isAsking;
    this.words = words;
    this.onChange();
  }
}

function screenOf(view, parts) {
  const index = view.question?.index;
  switch (view.phase) {
    case Phase.OPEN:
      return [`open ${index}`, () => hostQuestion(parts)];
    case Phase.CLOSED:
      return [`closed ${index}`, () => hostResult(parts)];
    case Phase.FINISHED:
      return ["finished", () => hostFinal(parts)];
    default:
      return ["lobby", () => hostLobby(parts)];
  }
}

function showChip(view) {
  const isJoining = view.phase !== Phase.FINISHED && view.phase !== Phase.LOBBY;
  chip.replaceChildren(
    ...(isJoining
      ? [h("span", { class: "soft" }, "Code "), h("strong", { class: "chip-code" }, view.code), " · "]
      : []),
    counted(view.players, "player"),
  );
}

start();
