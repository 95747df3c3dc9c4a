import { workstation } from "../../design/workstation";

let speaker: AudioContext | null = null;

/** One short tone: high where a code was known, low and longer where it was not. Silent where the workstation wants it so. */
export function sound(known: boolean): void {
  if (!workstation().sound || typeof AudioContext === "undefined") return;
  speaker ??= new AudioContext();
  const tone = speaker.createOscillator();
  const volume = speaker.createGain();
  tone.frequency.value = known ? 1760 : 220;
  volume.gain.value = 0.04;
  tone.connect(volume).connect(speaker.destination);
  tone.start();
  tone.stop(speaker.currentTime + (known ? 0.06 : 0.25));
}
