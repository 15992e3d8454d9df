import { useCallback, useEffect, useRef, useState } from "react";
import type { BoardCall } from "../../../shared/domain/hall/state.ts";
import type { VoiceLanguage } from "../../../shared/domain/queue/announcement.ts";
import { Announcer } from "./announcer.ts";
import type { Speak } from "./use-announcements.ts";
import { WebAudioPort, type VoiceState } from "./web-audio-port.ts";

const chineseOnly: readonly VoiceLanguage[] = ["zh-CN"];

/**
 * The voice of the board: joined recordings, one call at a time.
 * @param volumeNow loudness of this minute, 0 to 100 %; at 0 the screen alone calls
 * @param counterNumberOf the number that people see, or null when the plan does not know the counter
 * @returns `speak` resolves when a call has been spoken or it is known that it cannot be; it never rejects
 */
export const useVoice = (
  languages: readonly VoiceLanguage[] = chineseOnly,
  counterNumberOf: (counterId: string) => number | null,
  volumeNow: () => number,
): {
  readonly state: VoiceState;
  readonly speak: Speak;
  readonly unlock: () => void;
} => {
  const [state, setState] = useState<VoiceState>("loading");
  const askVolume = useRef(volumeNow);
  useEffect(() => {
    askVolume.current = volumeNow;
  }, [volumeNow]);
  const voice = useRef<{ readonly port: WebAudioPort; readonly announcer: Announcer } | null>(null);
  useEffect(() => {
    const port = new WebAudioPort({
      baseUrl: new URL("voice/", document.baseURI).href,
      onState: setState,
      volume: () => askVolume.current() / 100,
    });
    const announcer = new Announcer({ port });
    voice.current = { port, announcer };
    void port.prepare();
    return () => {
      announcer.close();
      voice.current = null;
    };
  }, []);

  const speak = useCallback(
    async (call: BoardCall, times: number): Promise<void> => {
      const counter = counterNumberOf(call.counterId);
      if (counter === null || voice.current === null || askVolume.current() === 0) return;
      await voice.current.announcer.enqueue({
        id: call.seqKey,
        number: call.number,
        counter,
        languages: languages.length > 0 ? languages : chineseOnly,
        times,
        kind: call.times > 1 ? "recall" : "call",
      });
    },
    [languages, counterNumberOf],
  );
  const unlock = useCallback(() => void voice.current?.port.unlock(), []);
  return { state, speak, unlock };
};
