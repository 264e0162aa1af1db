/** Sounds of a desk, made here so that they play without a network. Levels and rhythm: ui.md section 4. */
export interface AlarmSound {
  warning(callSign: string | undefined): void;
  caution(): void;
  proposal(): void;
  tick(): void;
  /** Three seconds of every sound a watch may bring; resolves when it has been played. */
  test(): Promise<void>;
  /** 0.4 to 1: there is no mute on a pilot's desk. */
  setVolume(share: number): void;
  close(): void;
}

interface Note {
  readonly atS: number;
  readonly hz: number;
  readonly lengthS: number;
}

const WARNING: readonly Note[] = [0, 0.2, 0.4, 0.8, 1.0].map((atS, i) => ({
  atS,
  hz: i % 2 === 0 ? 660 : 880,
  lengthS: 0.14,
}));
const CAUTION: readonly Note[] = [0, 0.25, 0.5].map((atS) => ({ atS, hz: 520, lengthS: 0.16 }));
const PROPOSAL: readonly Note[] = [
  { atS: 0, hz: 523, lengthS: 0.14 },
  { atS: 0.18, hz: 784, lengthS: 0.22 },
];
const TICK: readonly Note[] = [{ atS: 0, hz: 1000, lengthS: 0.03 }];

export const VOLUME_FLOOR = 0.4;

/** Must be made or resumed inside a click: browsers keep sound off until then, which is why a watch starts with a test. */
export function alarmSound(): AlarmSound {
  const context = new AudioContext();
  const out = context.createGain();
  out.connect(context.destination);
  out.gain.value = 0.7;
  const play = (notes: readonly Note[], fromS = 0): void => {
    if (context.state === "suspended") void context.resume();
    for (const note of notes) pulse(context, out, note, context.currentTime + fromS);
  };
  return {
    warning(callSign) {
      play(WARNING);
      if (callSign !== undefined) speak(callSign, out.gain.value);
    },
    caution: () => play(CAUTION),
    proposal: () => play(PROPOSAL),
    tick: () => play(TICK),
    setVolume(share) {
      out.gain.value = Math.min(1, Math.max(VOLUME_FLOOR, share));
    },
    async test() {
      await context.resume();
      play(PROPOSAL);
      play(CAUTION, 0.8);
      play(WARNING, 1.8);
      await new Promise<void>((done) => setTimeout(done, 3000));
    },
    close: () => void context.close(),
  };
}

function pulse(context: AudioContext, out: GainNode, note: Note, fromS: number): void {
  const start = fromS + note.atS;
  const tone = context.createOscillator();
  const shape = context.createGain();
  tone.type = "triangle";
  tone.frequency.value = note.hz;
  shape.gain.setValueAtTime(0, start);
  shape.gain.linearRampToValueAtTime(0.9, start + 0.012);
  shape.gain.setValueAtTime(0.9, start + note.lengthS);
  shape.gain.linearRampToValueAtTime(0, start + note.lengthS + 0.03);
  tone.connect(shape).connect(out);
  tone.start(start);
  tone.stop(start + note.lengthS + 0.05);
}

function speak(text: string, volume: number): void {
  if (typeof speechSynthesis === "undefined") return;
  const words = new SpeechSynthesisUtterance(text.toLowerCase());
  words.volume = volume;
  speechSynthesis.speak(words);
}
