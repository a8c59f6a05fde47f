/** What the room sees, by the session's phase: the same on the big screen and, with controls below, on the host's. */

import type { Phase } from "../client/protocol.gen";
import { Stage } from "../parts/stage";
import { FinalScene } from "./final";
import { LobbyScene } from "./lobby";
import { QuestionScene } from "./question";
import { ResultScene } from "./result";
import { RunningScene } from "./running";
import type { SceneProps } from "./scene_props";
import { BoardScene } from "./standing";

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
