/**
 * What this page knows of its session, folded from the feed. Pure: a message comes in, the view changes.
 *
 * It refuses to go backwards: each part (session, leaderboard, lobby) is absolute and versioned, and an older one
 * never replaces a newer one. shared/client/view.py is the same fold for programs.
 */

export const Phase = Object.freeze({
  LOBBY: "lobby",
  OPEN: "question_open",
  CLOSED: "question_closed",
  FINISHED: "finished",
});

export class FeedView {
  seq = null;
  code = "";
  session = null;
  leaderboard = null;
  lobby = null;
  me = null;

  get isReady() {
    return this.session !== null;
  }

  get phase() {
    return this.session?.phase ?? null;
  }

  get question() {
    return this.session?.question ?? null;
  }

  get players() {
    return Math.max(this.lobby?.players ?? 0, this.leaderboard?.players ?? 0);
  }

  /** How many answers to the present question are on the board. */
  get answered() {
    const board = this.leaderboard;
    return board && this.question && board.question === this.question.index ? board.answered : 0;
  }

  /** One's own result of a question, once the board covers it. */
  resultOf(index) {
    const me = this.me;
    return me && me.question === index && typeof me.gained === "number" ? me : null;
  }

  /** The server counts an answer of ours to this question, whichever tab or device sent it. */
  hasAnswered(index) {
    return this.me?.answered === index || this.resultOf(index) !== null;
  }

  /** "applied", "old" (nothing to do), or "gap": messages are missing, resume from `seq`. */
  apply(message) {
    if (message.type === "snapshot") return this.#applySnapshot(message);
    if (this.seq === null) return "gap";
    if (message.seq <= this.seq) return "old";
    if (message.seq > this.seq + 1) return "gap";
    this.seq = message.seq;
    if (message.type === "session") this.#takeSession(message.session, message.me);
    if (message.type === "leaderboard") this.#takeLeaderboard(message.leaderboard, message.me);
    if (message.type === "lobby") this.#takeLobby(message.lobby);
    return "applied";
  }

  #applySnapshot(snapshot) {
    this.seq = Math.max(this.seq ?? 0, snapshot.seq);
    this.code = snapshot.code;
    this.#takeSession(snapshot.session);
    this.#takeLeaderboard(snapshot.leaderboard, snapshot.me);
    this.#takeLobby(snapshot.lobby);
    return "applied";
  }

  /** `me` comes along when a question closes: one's own result is known only then. */
  #takeSession(session, me) {
    if (!session || (this.session && session.version < this.session.version)) return;
    this.session = session;
    if (me) this.#takeMe(me);
  }

  #takeLeaderboard(board, me) {
    if (!board || (this.leaderboard && board.version < this.leaderboard.version)) return;
    this.leaderboard = board;
    if (me) this.#takeMe(me);
  }

  /** What is 0 is left out on the way; an absent `answered` says nothing. */
  #takeMe(me) {
    this.me = { points: 0, total_ms: 0, answered: this.me?.answered, ...me };
  }

  #takeLobby(lobby) {
    if (lobby && (!this.lobby || lobby.players >= this.lobby.players)) this.lobby = lobby;
  }
}
