/** A session that one hosts: what the room sees, and the bar that drives it. */

import { useMemo } from "preact/hooks";
import type { SessionOpened } from "../client/api.gen";
import { Applause } from "../client/applause";
import { Feed, socketUrl } from "../client/feed";
import { Drive } from "../client/host";
import { isLive } from "../client/view";
import { t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { Connecting } from "../parts/connecting";
import { ConnectionNotice } from "../parts/connection_notice";
import { useFeed, useRedraw, useTitle } from "../parts/hooks";
import { TopBar } from "../parts/top_bar";
import { Chip } from "../screen/chip";
import { Reactions } from "../screen/reactions";
import { Scene } from "../screen/scenes";
import { Controls } from "./controls";
import { Insight } from "./insight";

interface Props {
  hosted: SessionOpened;
  /** With a reason, when the server will not have us. */
  onLeave: (refusal?: string) => void;
}

export function Hosting({ hosted, onLeave }: Props) {
  const redraw = useRedraw();
  const applause = useMemo(() => new Applause(), []);
  const { feed, drive } = useMemo(() => {
    const made = new Feed({
      url: socketUrl(location),
      identity: { token: hosted.host_token },
      onMessage: (message) => applause.hear(message, made.view) || redraw(),
      onState: redraw,
      onRefused: (refusal) => onLeave(refusalText(refusal)),
    });
    return { feed: made, drive: new Drive(hosted, { feed: made, onChange: redraw }) };
  }, [hosted]);
  useFeed(feed);
  const { view, clock } = feed;
  useTitle(t("page.session", { title: view.session?.title ?? "" }));
  return (
    <>
      <ConnectionNotice state={feed.state} words={t("connection.connecting")} />
      <TopBar>{isLive(view) && <Chip view={view} />}</TopBar>
      {isLive(view) ? (
        <>
          <div class="hosting">
            <Scene view={view} clock={clock} />
            <Insight view={view} drive={drive} />
          </div>
          <div class="foot">
            <Reactions view={view} applause={applause} />
            <Controls view={view} drive={drive} onLeave={() => onLeave()} />
          </div>
        </>
      ) : (
        <Connecting />
      )}
    </>
  );
}
