/**
 * Makes the recordings that spoken calls are joined from (docs/decisions/0004-voice.md):
 *   node scripts/make-voice.mjs      needs espeak-ng, sox and ffmpeg (apt-get install espeak-ng sox ffmpeg)
 * The result is committed; this is run again only to change it. A hall's own recordings replace files of the same names;
 * `node scripts/make-voice.mjs --manifest` then measures what is there and writes the manifest anew.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VOICE_DIR = join(dirname(dirname(fileURLToPath(import.meta.url))), "renderer", "public", "voice");
const SAMPLE_RATE = 22_050;
/** Loud enough for a hall through its amplifier, with 17 dB above it for the peaks of speech. */
const TARGET_RMS_DB = -20;
const PEAK_DB = -1;
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Mandarin as pinyin with tones: the voice `cmn` of Debian reads 请 as the English words "king three". */
const MANDARIN_DIGITS = ["ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"];
const ENGLISH_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const ENGLISH_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const LANGUAGES = {
  "zh-CN": {
    voice: "cmn-latn-pinyin+f2",
    wordsPerMinute: 170,
    clips: {
      please: "qing3",
      number: "hao4",
      "go-to": "dao4",
      counter: "hao4 chuang1kou3",
      plus: "jia1",
      n10: "shi2",
      ...Object.fromEntries(MANDARIN_DIGITS.map((text, digit) => [`d${digit}`, text])),
      ...Object.fromEntries(LETTERS.map((letter) => [`letter-${letter.toLowerCase()}`, letter])),
      // The voice drops its tone on A, which then sounds like the end of a sentence in the middle of the number.
      "letter-a": "ei1",
    },
  },
  en: {
    voice: "en-us+f2",
    wordsPerMinute: 170,
    clips: {
      number: "Number",
      "please-go-to-counter": "please go to counter",
      plus: "plus",
      ...Object.fromEntries(ENGLISH_DIGITS.map((text, digit) => [`d${digit}`, text])),
      ...Object.fromEntries(ENGLISH_TEENS.map((text, over) => [`n${10 + over}`, text])),
      ...Object.fromEntries(ENGLISH_TENS.map((text, tens) => [`n${20 + 10 * tens}`, text])),
      ...Object.fromEntries(LETTERS.map((letter) => [`letter-${letter.toLowerCase()}`, letter])),
    },
  },
};

const run = (command, ...args) => execFileSync(command, args, { stdio: ["ignore", "pipe", "pipe"] }).toString();

/** sox reports its measurements as errors. */
const complaintsOf = (command, ...args) => spawnSync(command, args, { encoding: "utf8" }).stderr;

/** RMS and peak of a sound file in dB of full scale, as sox measures them. */
const levels = (file) => {
  const stderr = complaintsOf("sox", file, "-n", "stats");
  const read = (label) => Number(new RegExp(`^${label}\\s+(-?[0-9.]+)`, "m").exec(stderr)?.[1]);
  return { rms: read("RMS lev dB"), peak: read("Pk lev dB") };
};

const speak = (language, text, wav) => {
  const { voice, wordsPerMinute } = LANGUAGES[language];
  const phonemes = run("espeak-ng", "-v", voice, "-q", "-x", text);
  if (language === "zh-CN" && phonemes.includes("(en)"))
    throw new Error(`${text} would be read as English: ${phonemes}`);
  run("espeak-ng", "-v", voice, "-s", String(wordsPerMinute), "-w", wav, text);
};

/** Two struck bells, a major third down, each with an octave and a twelfth that die away sooner. */
const synthesiseChime = (wav) => {
  const seconds = 1.5;
  const notes = [
    { at: 0, hertz: 659.26 },
    { at: 0.42, hertz: 523.25 },
  ];
  const partials = [
    { times: 1, loud: 1, decay: 3.2 },
    { times: 2, loud: 0.35, decay: 5 },
    { times: 3, loud: 0.12, decay: 8 },
  ];
  const samples = Math.round(seconds * SAMPLE_RATE);
  const pcm = Buffer.alloc(samples * 2);
  for (let n = 0; n < samples; n++) {
    let value = 0;
    for (const { at, hertz } of notes) {
      const time = n / SAMPLE_RATE - at;
      if (time < 0) continue;
      const attack = Math.min(1, time / 0.006);
      for (const { times, loud, decay } of partials)
        value += attack * loud * Math.exp(-decay * time) * Math.sin(2 * Math.PI * hertz * times * time);
    }
    const release = Math.min(1, (seconds - n / SAMPLE_RATE) / 0.12);
    pcm.writeInt16LE(Math.round(value * release * 0.3 * 32_767), n * 2);
  }
  const raw = `${wav}.raw`;
  writeFileSync(raw, pcm);
  run("sox", "-t", "raw", "-r", String(SAMPLE_RATE), "-e", "signed", "-b", "16", "-c", "1", raw, wav);
};

/** Silence off both ends, to the common loudness, a few ms of fade so that joints do not click. */
const finish = (from, to) => {
  const trimmed = `${to}.trimmed.wav`;
  const edge = ["silence", "1", "0.003", "-45d", "reverse"];
  run("sox", from, "-r", String(SAMPLE_RATE), "-c", "1", trimmed, ...edge, ...edge);
  const { rms, peak } = levels(trimmed);
  const gain = Math.min(TARGET_RMS_DB - rms, PEAK_DB - peak);
  // A short plosive reaches the peak before the loudness: the limiter takes the rest.
  const limited =
    TARGET_RMS_DB - rms - gain > 0.1 ? ["gain", "-l", String(TARGET_RMS_DB - rms)] : ["gain", String(gain)];
  run("sox", "-D", trimmed, to, ...limited, "fade", "t", "0.004", "-0", "0.008");
};

const encode = (wav, file) => {
  mkdirSync(dirname(file), { recursive: true });
  // bitexact: the same recording gives the same file, so that a run without changes leaves git clean.
  const exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"];
  const opus = ["-c:a", "libopus", "-b:a", "32k", "-application", "audio", "-ac", "1"];
  run("ffmpeg", "-y", "-loglevel", "error", "-i", wav, ...opus, ...exact, file);
};

const clipList = () => [
  { id: "chime", language: null, text: "" },
  ...Object.entries(LANGUAGES).flatMap(([language, { clips }]) =>
    Object.entries(clips).map(([name, text]) => ({ id: `${language}/${name}`, language, text })),
  ),
];

const measure = (work, { id, text }) => {
  const file = join(VOICE_DIR, `${id}.ogg`);
  const decoded = join(work, "decoded.wav");
  run("ffmpeg", "-y", "-loglevel", "error", "-i", file, "-ar", "48000", "-ac", "1", decoded);
  return {
    file: `${id}.ogg`,
    text,
    durationMs: Math.round(Number(run("soxi", "-D", decoded)) * 1000),
    rmsDb: Number(levels(decoded).rms.toFixed(1)),
    bytes: statSync(file).size,
    sha256: createHash("sha256").update(readFileSync(file)).digest("hex"),
  };
};

const main = () => {
  const onlyManifest = process.argv.includes("--manifest");
  const work = mkdtempSync(join(tmpdir(), "voice-"));
  const clips = {};
  for (const clip of clipList()) {
    if (!onlyManifest) {
      const spoken = join(work, "spoken.wav");
      const finished = join(work, "finished.wav");
      if (clip.language === null) synthesiseChime(spoken);
      else speak(clip.language, clip.text, spoken);
      finish(spoken, finished);
      encode(finished, join(VOICE_DIR, `${clip.id}.ogg`));
    }
    clips[clip.id] = measure(work, clip);
  }
  rmSync(work, { recursive: true });
  const note =
    "Made by scripts/make-voice.mjs with espeak-ng; synthetic, may be replaced by recordings of the same names.";
  writeFileSync(
    join(VOICE_DIR, "manifest.json"),
    `${JSON.stringify({ note, targetRmsDb: TARGET_RMS_DB, clips }, null, 1)}\n`,
  );
  const list = Object.values(clips);
  const total = list.reduce((sum, { bytes }) => sum + bytes, 0);
  const loudness = list.map(({ rmsDb }) => rmsDb);
  console.log(
    `${list.length} clips, ${Math.round(total / 1024)} KiB, ` +
      `${Math.min(...list.map((c) => c.durationMs))}-${Math.max(...list.map((c) => c.durationMs))} ms, ` +
      `RMS ${Math.min(...loudness)} to ${Math.max(...loudness)} dB`,
  );
};

main();
