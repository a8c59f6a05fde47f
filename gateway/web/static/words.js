/** What the pages say in words: refusals for people, numbers, places. */

const REFUSALS = {
  session_unknown: "There is no session with this code. Check it and try again.",
  session_not_joinable: "This session takes no more players.",
  session_full: "This session is full.",
  nickname_invalid: "Choose a nickname of 1 to 24 letters, digits or signs.",
  nickname_taken: "Somebody here already has this nickname. Choose another.",
  player_unknown: "The session does not know you any more. Join again.",
  question_not_open: "This question is not open.",
  question_closed: "Your answer came after the question closed.",
  answer_already_given: "You have already answered this question.",
  command_not_allowed: "That is not possible right now.",
  command_stale: "The session has already moved on.",
  quiz_unknown: "This quiz is not there any more.",
  token_invalid: "Your place in this session has expired. Join again.",
  rate_limited: "That was too fast. Wait a moment and try again.",
};

/** A sentence for a person. Codes with a list of details (quiz_invalid, answer_invalid) show the server's own. */
export function refusalText({ code, message }) {
  return REFUSALS[code] ?? message ?? "The server said no, without a reason.";
}

export const UNAVAILABLE = "The server cannot be reached right now. Check your connection and try again.";

const wholeNumbers = new Intl.NumberFormat("en");

export const number = (value) => wholeNumbers.format(value);

export const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const SUFFIXES = { one: "st", two: "nd", few: "rd", other: "th" };

/** 1 → "1st" */
export const ordinal = (rank) => `${number(rank)}${SUFFIXES[ordinals.select(rank)]}`;

export const letter = (index) => String.fromCharCode(65 + index);
