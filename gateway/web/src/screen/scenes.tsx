/** What the room sees, by the session's phase: the same on the big screen and, with controls below, on the host's. */

import type { ServerClock } from "../client/clock";
import type { Phase } from "../client/protocol.gen";
import type { LiveView } from "../client/view";
import { Stage } from "../parts/stage";
import { FinalScene } from "./final";
import { LobbyScene } from "./lobby";
import { QuestionScene } from "./question";
import { ResultScene } from "./result";
import { RunningScene } from "./running";
import { BoardScene } from "./standing";

/** What every scene gets. */
export interface SceneProps {
  view: LiveView;
  clock: ServerClock;
}

const SCENES: Record<Phase, (props: SceneProps) => preact.JSX.Element | null> = {
  lobby: LobbyScene,
  question_open: QuestionScene,
  question_closed: ResultScene,
  leaderboard: BoardScene,
  running: RunningScene,
  finished: FinalScene,
};

export function Scene(props: SceneProps) {
  const { phase, question } = props.view.session;
  const Shown = SCENES[phase];
  return (
    <Stage screen={`${phase} ${question?.index ?? ""}`}>
      <Shown {...props} />
    </Stage>
  );
}
