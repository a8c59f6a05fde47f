/** A player in a session: connects, and shows the screen of the session's phase. */

import type { ComponentType } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { socketUrl } from "../client/feed";
import { Outbox, type OwnAnswer } from "../client/outbox";
import { PlayerClient } from "../client/player";
import type { Phase } from "../client/protocol.gen";
import { load, save } from "../client/storage";
import { isLive, takesReactions, type View } from "../client/view";
import { number, t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { announce } from "../parts/announcer";
import { Connecting } from "../parts/connecting";
import { ConnectionNotice } from "../parts/connection_notice";
import { useFeed, useRedraw, useSessionLanguage, useTitle } from "../parts/hooks";
import { People } from "../parts/people";
import { SoundSwitch } from "../parts/sound_switch";
import { Stage } from "../parts/stage";
import { TopBar } from "../parts/top_bar";
import { Final } from "./final";
import type { Player } from "./joining";
import { Lobby } from "./lobby";
import { Menu } from "./menu";
import { OwnPaceScreens } from "./own_pace";
import type { PlayProps } from "./play_props";
import { Question } from "./question";
import { Result } from "./result";
import { Standing } from "./standing";

interface Props {
  player: Player;
  /** With a reason, when the server will not have us. */
  onLeave: (refusal?: string) => void;
}

const SCREENS: Record<Exclude<Phase, "running">, (props: PlayProps) => preact.JSX.Element | null> = {
  lobby: Lobby,
  question_open: Question,
  question_closed: Result,
  leaderboard: Standing,
  finished: Final,
};

export function Play({ player, onLeave }: Props) {
  const redraw = useRedraw();
  const client = useMemo(
    () =>
      new PlayerClient({
        url: socketUrl(location),
        token: player.token,
        outbox: new Outbox({
          answers: load<OwnAnswer[]>("answers") ?? [],
          save: (answers) => {
            save("answers", answers);
            redraw();
          },
        }),
        onMessage: redraw,
        onState: (state) => {
          redraw();
          if (state === "open") announce(t("connection.open"));
        },
        onRefused: (refusal) => onLeave(refusalText(refusal)),
      }),
    [player.token],
  );
  useFeed(client.feed);
  const { view } = client.feed;
  const known = useKnown(player, view);
  const Reactions = useReactions(view);
  useSessionLanguage(view.session);
  useTitle(t("page.session", { title: view.session?.title ?? "" }));
  return (
    <>
      <ConnectionNotice state={client.feed.state} />
      <TopBar
        tools={
          <>
            <SoundSwitch />
            <Menu token={player.token} onLeave={() => onLeave()} />
          </>
        }
      >
        <People text={known.nickname} />
        {typeof view.me?.rank === "number" && <strong class="own-points">{number(view.me.points)}</strong>}
      </TopBar>
      {isLive(view) ? (
        <Screen view={view} client={client} player={known} onLeave={() => onLeave()} />
      ) : (
        <Connecting />
      )}
      {Reactions && takesReactions(view) && <Reactions client={client} />}
    </>
  );
}

/** Fetched where the session has them; one plays as well without. */
function useReactions({ session }: View): ComponentType<{ client: PlayerClient }> | null {
  const [Part, show] = useState<ComponentType<{ client: PlayerClient }> | null>(null);
  const isWanted = session?.settings?.reactions === true;
  useEffect(() => {
    if (isWanted)
      import("./reactions").then(
        (part) => show(() => part.default),
        () => undefined,
      );
  }, [isWanted]);
  return Part;
}

/** On a second device, all but the token comes with the snapshot; there a refresh has it, too. */
function useKnown(player: Player, { code, me }: View): Player {
  const isKnown = player.code !== "";
  const known = useMemo(
    () => (isKnown || !me ? player : { ...player, player_id: me.player_id, nickname: me.nickname, code }),
    [player, isKnown, me?.player_id, code],
  );
  useEffect(() => {
    if (!isKnown && known.code !== "") save("player", known);
  }, [isKnown, known]);
  return known;
}

function Screen(props: PlayProps) {
  const { phase, question } = props.view.session;
  if (phase === "running") return <OwnPaceScreens {...props} />;
  const Shown = SCREENS[phase];
  return (
    <Stage screen={`${phase} ${question?.index ?? ""}`}>
      <Shown {...props} />
    </Stage>
  );
}
