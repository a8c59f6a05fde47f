/** The host's page: choose a quiz, open a session, drive it. */

import "../design/index.css";
import "../screen/screen.css";
import "./host.css";
import { useState } from "preact/hooks";
import type { SessionOpened } from "../client/api.gen";
import { forget, load, save } from "../client/storage";
import { addWords } from "../i18n";
import { HOST_WORDS } from "../i18n/host";
import { useLanguage } from "../parts/hooks";
import { openPage } from "../parts/page";
import { Hosting } from "./hosting";
import { reinsHandedOver } from "./route";
import { Setup } from "./setup";

function HostPage() {
  const [hosted, host] = useState(firstSession);
  const [refusal, refuse] = useState("");
  useLanguage();
  if (hosted === null) {
    const open = (session: SessionOpened) => {
      save("host", session);
      refuse("");
      host(session);
    };
    return <Setup refusal={refusal} onOpened={open} />;
  }
  const leave = (why = "") => {
    forget("host");
    refuse(why);
    host(null);
  };
  return <Hosting key={hosted.session_id} hosted={hosted} onLeave={leave} />;
}

/** The session whose reins a link hands over, else the one that this tab drove before. */
function firstSession(): SessionOpened | null {
  const handedOver = reinsHandedOver();
  if (handedOver !== null) save("host", handedOver);
  return handedOver ?? load<SessionOpened>("host");
}

void addWords(HOST_WORDS).then(() => openPage(HostPage));
