/** The player's page: joins, follows the feed, answers. The composition root of index.html. */

import { Refused, join, randomId } from "./api.js";
import { ServerClock } from "./clock.js";
import { connectionBanner, wakeWith } from "./connection.js";
import { Stage, announce, setText } from "./dom.js";
import { Feed, socketUrl } from "./feed.js";
import { FeedView, Phase } from "./feed_view.js";
import { Outbox } from "./outbox.js";
import { finalScreen, joinScreen, lobbyScreen, questionScreen, resultScreen } from "./player_screens.js";
import { forget, load, save } from "./storage.js";
import { UNAVAILABLE, number, refusalText } from "./words.js";

const stage = new Stage(document.querySelector("main"));
const banner = connectionBanner();
const own = document.getElementById("own");
document.body.prepend(banner.element);

const folded = (code) => code.replace(/[\s-]/g, "").toUpperCase();

function start() {
  const codeInLink = folded(new URLSearchParams(location.search).get("code") ?? "");
  const identity = load("player");
  const pending = load("joining");
  if (identity && (codeInLink === "" || codeInLink === identity.code)) play(identity);
  else if (pending && (codeInLink === "" || codeInLink === pending.code)) askToJoin(pending, { goOn: true });
  else askToJoin({ code: codeInLink, nickname: "" });
}

/** `goOn`: the page was refreshed while a request was under way; the same request goes on. */
function askToJoin({ code, nickname }, { goOn = false, refusal = null } = {}) {
  const model = { joining: false, refusal, note: "" };
  const show = (change) => stage.show("join", () => screen, Object.assign(model, change));
  const tryJoin = async (typed) => {
    const wanted = { code: folded(typed.code), nickname: typed.nickname.trim() };
    if (model.joining) return;
    show({ joining: true, refusal: null, note: "" });
    try {
      const identity = await requestJoin(wanted, () => show({ note: "One moment: the quiz is waking up…" }));
      history.replaceState(null, "", `/?code=${encodeURIComponent(identity.code)}`);
      play(identity);
    } catch (error) {
      show({ joining: false, note: "", refusal: error instanceof Refused ? refusalText(error) : UNAVAILABLE });
    }
  };
  setText(own, "");
  document.title = "Join · Quizline";
  const screen = joinScreen({ code, nickname, onJoin: tryJoin });
  show({});
  if (goOn) tryJoin({ code, nickname });
  else if (matchMedia("(hover: hover)").matches)
    (code ? screen.inputs.nameInput : screen.inputs.codeInput).focus();
}

/** The request's id is kept until it has an outcome: asked twice, it makes one player. */
async function requestJoin({ code, nickname }, onWait) {
  const pending = load("joining");
  const isSame = pending?.code === code && pending?.nickname === nickname;
  const requestId = isSame ? pending.requestId : randomId();
  save("joining", { code, nickname, requestId });
  try {
    const joined = await join({ code, nickname, requestId, onWait });
    const identity = { ...joined, code };
    save("player", identity);
    forget("joining", "answers");
    return identity;
  } catch (error) {
    if (error instanceof Refused) forget("joining");
    throw error;
  }
}

function play(identity) {
  const view = new FeedView();
  const clock = new ServerClock();
  const outbox = new Outbox({ answers: load("answers") ?? [], save: (answers) => save("answers", answers) });
  const leave = (refusal = null) => {
    feed.stop();
    sleep();
    forget("player", "answers");
    askToJoin({ code: "", nickname: identity.nickname }, { refusal });
  };
  const answer = (question, value) => {
    outbox.add({ id: randomId(), question: question.index, value });
    for (const message of outbox.takeDue(clock.ticks())) feed.send(message);
    render();
  };
  const render = () => {
    if (!view.isReady) return;
    const [key, build] = screenOf(view, {
      identity,
      clock,
      outbox,
      view,
      onAnswer: answer,
      onLeave: () => leave(),
    });
    stage.show(key, build, { view, outbox });
    setText(own, ownText(identity, view));
    document.title = `${view.session.title} · Quizline`;
  };
  const feed = new Feed({
    url: socketUrl(location),
    identity: { token: identity.token },
    view,
    clock,
    toSend: (fresh) => outbox.takeDue(clock.ticks(), { fresh, uncertain: uncertainQuestion(view) }),
    onMessage: (message) => {
      settle(outbox, view, message);
      render();
    },
    onState: (state) => {
      banner.show(state);
      if (state === "open" && view.isReady) announce("Connected.");
    },
    onRefused: (refusal) => leave(refusalText(refusal)),
  });
  const sleep = wakeWith(feed);
  stage.show("connecting", () => ({ element: document.createElement("div") }), {});
  banner.show("connecting");
  feed.start();
}

/** What a message says of an answer. What the board counts outweighs the refusal of its repetition. */
function settle(outbox, view, message) {
  if (message.type === "ack") outbox.acknowledge(message.id);
  if (message.type === "outcome" && !view.hasAnswered(message.question)) outbox.refuse(message.answer_id, message);
  if (message.type === "error" && message.id && !message.retry) outbox.refuse(message.id, message);
}

/** The present question, unless the server has said that it counts an answer of ours to it. */
function uncertainQuestion(view) {
  const { question } = view;
  return question && !view.hasAnswered(question.index) ? question.index : null;
}

function screenOf(view, parts) {
  const index = view.question?.index;
  switch (view.phase) {
    case Phase.OPEN:
      return [`open ${index}`, () => questionScreen(parts)];
    case Phase.CLOSED:
      return [`closed ${index}`, () => resultScreen(parts)];
    case Phase.FINISHED:
      return ["finished", () => finalScreen(parts)];
    default:
      return ["lobby", () => lobbyScreen(parts)];
  }
}

function ownText(identity, view) {
  const { me } = view;
  return me?.rank ? `${identity.nickname} · ${number(me.points)}` : identity.nickname;
}

start();
