import { useCallback, useEffect, useState } from "react";
import type { PublicLanguage } from "./settings.tsx";

const voiceFor = (language: PublicLanguage): SpeechSynthesisVoice | undefined => {
  const wanted = language === "zh-CN" ? "zh" : language;
  // Local ones only: a network voice would send what stands on the screen out of the hall.
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(wanted));
};

const speak = (language: PublicLanguage): void => {
  speechSynthesis.cancel();
  const voice = voiceFor(language);
  const text = document.querySelector<HTMLElement>(".public-main")?.innerText ?? "";
  if (!voice) return;
  // Line by line: Chromium falls silent in the middle of long texts.
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const utterance = new SpeechSynthesisUtterance(line);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.9;
    speechSynthesis.speak(utterance);
  }
};

/**
 * Reads the screen aloud with the system's voices.
 * @param screenKey changes when another screen is shown; it is then read at once while reading is on
 * @returns `isAvailable` false when the system has no voice for the language: the button is then left out
 */
export const useReadAloud = (
  language: PublicLanguage,
  screenKey: string,
): {
  readonly isAvailable: boolean;
  readonly isReading: boolean;
  readonly toggle: () => void;
  readonly stop: () => void;
} => {
  const [isAvailable, setAvailable] = useState(false);
  const [isReading, setReading] = useState(false);
  useEffect(() => {
    if (!("speechSynthesis" in window)) return;
    const look = (): void => setAvailable(voiceFor(language) !== undefined);
    look();
    speechSynthesis.addEventListener("voiceschanged", look);
    return () => speechSynthesis.removeEventListener("voiceschanged", look);
  }, [language]);
  useEffect(() => {
    if (!isReading || !isAvailable) return;
    speak(language);
    return () => speechSynthesis.cancel();
  }, [isReading, isAvailable, language, screenKey]);
  const toggle = useCallback(() => setReading((previous) => !previous), []);
  const stop = useCallback(() => setReading(false), []);
  return { isAvailable, isReading, toggle, stop };
};
