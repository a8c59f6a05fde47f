/** The host's page: a library of quizzes, sessions to open and to drive, results to take home. */

import "../design/index.css";
import "../screen/screen.css";
import "./host.css";
import "./library.css";
import { useEffect, useState } from "preact/hooks";
import type { SessionOpened } from "../client/api.gen";
import { renewAuthor } from "../client/author";
import { forget, load, save } from "../client/storage";
import { addWords } from "../i18n";
import { HOST_WORDS } from "../i18n/host";
import { useLanguage } from "../parts/hooks";
import { openPage } from "../parts/page";
import { Home } from "./home";
import { Hosting } from "./hosting";
import { Later } from "./later";
import { OpenScreen } from "./open_screen";
import { goTo, reinsHandedOver, useRoute } from "./route";

function HostPage() {
  const [hosted, host] = useState(firstSession);
  const [refusal, refuse] = useState("");
  const route = useRoute();
  useLanguage();
  useEffect(() => void renewAuthor(), []);
  const drive = (session: SessionOpened) => {
    save("host", session);
    refuse("");
    host(session);
    goTo({ at: "home" });
  };
  const leave = (why = "") => {
    forget("host");
    refuse(why);
    host(null);
    goTo({ at: "home" });
  };
  if (route.at === "edit")
    return <Later load={() => import("../editor")} props={{ draftId: route.draftId }} key={route.draftId} />;
  if (route.at === "results")
    return <Later load={() => import("./results")} props={{ sessionId: route.sessionId, hosted }} />;
  if (hosted !== null) return <Hosting key={hosted.session_id} hosted={hosted} onLeave={leave} />;
  if (route.at === "open") return <OpenScreen quizId={route.quizId} onOpened={drive} />;
  return <Home refusal={refusal} onDrive={drive} />;
}

/** The session whose reins a link hands over, else the one that this tab drove before. */
function firstSession(): SessionOpened | null {
  const handedOver = reinsHandedOver();
  if (handedOver !== null) save("host", handedOver);
  return handedOver ?? load<SessionOpened>("host");
}

void addWords(HOST_WORDS).then(() => openPage(HostPage));
