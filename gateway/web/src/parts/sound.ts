/** A few tones, made by the browser itself. Off until the person wants them; remembered for this browser. */

const KEY = "quizline.sound";
const VOLUME = 0.12;

/** Hertz, when it begins and how long it lasts, in seconds. */
type Note = readonly [hertz: number, atS: number, lengthS: number];

const TUNES = {
  open: [
    [523, 0, 0.12],
    [784, 0.13, 0.2],
  ],
  sent: [[880, 0, 0.09]],
  right: [
    [523, 0, 0.12],
    [659, 0.12, 0.12],
    [784, 0.24, 0.3],
  ],
  wrong: [
    [294, 0, 0.18],
    [233, 0.2, 0.3],
  ],
  tick: [[660, 0, 0.05]],
  end: [
    [523, 0, 0.15],
    [659, 0.15, 0.15],
    [784, 0.3, 0.15],
    [1047, 0.45, 0.5],
  ],
} as const satisfies Record<string, readonly Note[]>;

export type Tune = keyof typeof TUNES;

let context: AudioContext | null = null;

export function isSoundOn(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

export function switchSound(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? "on" : "off");
  } catch {
    return; // storage is forbidden: it stays off
  }
  play("sent");
}

/** Silent when it is off, and before the person has touched the page: browsers forbid it until then. */
export function play(tune: Tune): void {
  if (!isSoundOn() || !navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  void context.resume();
  for (const note of TUNES[tune]) sound(context, note);
}

function sound(audio: AudioContext, [hertz, atS, lengthS]: Note): void {
  const startS = audio.currentTime + atS;
  const tone = new OscillatorNode(audio, { type: "triangle", frequency: hertz });
  const volume = new GainNode(audio, { gain: VOLUME });
  volume.gain.setValueAtTime(VOLUME, startS);
  // Cut off at once, a tone would click.
  volume.gain.exponentialRampToValueAtTime(0.001, startS + lengthS);
  tone.connect(volume).connect(audio.destination);
  tone.start(startS);
  tone.stop(startS + lengthS);
}
