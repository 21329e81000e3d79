export type Feeling = 'good' | 'bad' | 'done' | 'news';

/** Frequency in hertz and length in seconds of each tone. High and short is good, low and rough is bad. */
const TONES: Record<Feeling, {wave: OscillatorType; notes: [number, number][]}> = {
  good: {wave: 'sine', notes: [[1_320, 0.09]]},
  bad: {
    wave: 'square',
    notes: [
      [170, 0.18],
      [120, 0.28],
    ],
  },
  done: {
    wave: 'sine',
    notes: [
      [880, 0.1],
      [1_110, 0.1],
      [1_320, 0.2],
    ],
  },
  news: {
    wave: 'triangle',
    notes: [
      [660, 0.16],
      [440, 0.16],
      [660, 0.16],
      [440, 0.22],
    ],
  },
};
const BUZZ: Record<Feeling, number[]> = {
  good: [40],
  bad: [220, 80, 220],
  done: [60, 50, 120],
  news: [120, 80, 120, 80, 300],
};

let audio: AudioContext | null = null;

/** Browsers let a page make sounds only after somebody touched it. */
export function allowSound(): void {
  audio ??= new AudioContext();
  audio.resume().catch(() => undefined);
}

function play(feeling: Feeling): void {
  if (!audio) return;
  const {wave, notes} = TONES[feeling];
  let at = audio.currentTime;
  for (const [frequency, seconds] of notes) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = wave;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds;
  }
}

/** Heard, felt and seen: in a loud hall with gloves on one of the three gets through. */
export function feel(feeling: Feeling): void {
  play(feeling);
  navigator.vibrate?.(BUZZ[feeling]);
  const {body} = document;
  body.dataset['felt'] = feeling;
  body.classList.remove('flash');
  // read in between, so that the same flash runs again
  body.getBoundingClientRect();
  body.classList.add('flash');
}
