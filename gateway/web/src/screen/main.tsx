/** The big screen: follows a session by its code, for everybody to see. Read only. */

import "../design/index.css";
import "./screen.css";
import { useMemo, useState } from "preact/hooks";
import { Applause } from "../client/applause";
import { Feed, socketUrl } from "../client/feed";
import { isLive } from "../client/view";
import { t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { Connecting } from "../parts/connecting";
import { ConnectionNotice } from "../parts/connection_notice";
import { useFeed, useLanguage, useRedraw, useSessionLanguage, useTitle } from "../parts/hooks";
import { LanguageMenu } from "../parts/language_menu";
import { openPage } from "../parts/page";
import { SoundSwitch } from "../parts/sound_switch";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { Chip } from "./chip";
import { Reactions } from "./reactions";
import { Scene } from "./scenes";

function ScreenPage() {
  const [code, follow] = useState(new URLSearchParams(location.search).get("code") ?? "");
  const [refusal, refuse] = useState("");
  useLanguage();
  useTitle(t("page.screen"));
  const show = (wanted: string) => {
    history.replaceState(null, "", wanted === "" ? "/screen" : `/screen?code=${encodeURIComponent(wanted)}`);
    follow(wanted);
  };
  if (code === "" || refusal !== "")
    return (
      <AskForCode
        refusal={refusal}
        onCode={(wanted) => {
          refuse("");
          show(wanted);
        }}
      />
    );
  return <Followed key={code} code={code} onRefused={refuse} />;
}

function Followed({ code, onRefused }: { code: string; onRefused: (words: string) => void }) {
  const redraw = useRedraw();
  const applause = useMemo(() => new Applause(), []);
  const feed = useMemo(
    () =>
      new Feed({
        url: socketUrl(location),
        identity: { code },
        onMessage: (message) => applause.hear(message, feed.view) || redraw(),
        onState: redraw,
        onRefused: (refusal) => onRefused(refusalText(refusal)),
      }),
    [code],
  );
  useFeed(feed);
  const { view, clock } = feed;
  useSessionLanguage(view.session);
  return (
    <>
      <ConnectionNotice state={feed.state} words={t("connection.connecting")} />
      <TopBar tools={<SoundSwitch />}>{isLive(view) && <Chip view={view} />}</TopBar>
      {isLive(view) ? (
        <>
          <Scene view={view} clock={clock} code={code} />
          <Reactions view={view} applause={applause} />
        </>
      ) : (
        <Connecting />
      )}
    </>
  );
}

function AskForCode({ refusal, onCode }: { refusal: string; onCode: (code: string) => void }) {
  const [code, type] = useState("");
  return (
    <>
      <TopBar />
      <Stage screen="ask">
        <div class="screen is-narrow is-asking">
          <form
            class="card"
            onSubmit={(event) => {
              event.preventDefault();
              onCode(code.trim());
            }}
          >
            <h1 tabIndex={-1} data-focus>
              {t("screen.title")}
            </h1>
            <p class="soft">{t("screen.text")}</p>
            <div class="field">
              <label class="label" htmlFor="code">
                {t("join.code")}
              </label>
              <input
                id="code"
                class="typed is-code"
                dir="ltr"
                required
                maxLength={12}
                autoComplete="off"
                spellcheck={false}
                value={code}
                onInput={(event) => type(event.currentTarget.value)}
              />
            </div>
            {refusal !== "" && (
              <p class="problem" role="alert">
                {refusal}
              </p>
            )}
            <button type="submit" class="button is-primary">
              {t("screen.show")}
            </button>
          </form>
          <div class="aside">
            <LanguageMenu />
          </div>
        </div>
      </Stage>
    </>
  );
}

void openPage(ScreenPage);
