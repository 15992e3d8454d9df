import type { WebContents } from "electron";
import { afterTry, ESCAPE_PAUSE_MS, isPaused, nobodyTried } from "../../shared/domain/kiosk/escape-watch.ts";
import { internalChannels } from "../ipc/internal-channels.ts";

export interface EscapeWatcher {
  /** Somebody tried to get out of the screen, and was refused. */
  tried(): void;
  isPaused(): boolean;
}

/**
 * Counts the tries to get out of one public screen and tells its page when it is to rest.
 * @param onPause a pause has begun
 */
export const watchEscapes = (contents: WebContents, onPause: () => void): EscapeWatcher => {
  let watch = nobodyTried;
  return {
    tried() {
      const now = performance.now();
      const wasPaused = isPaused(watch, now);
      watch = afterTry(watch, now);
      if (wasPaused || !isPaused(watch, now)) return;
      contents.send(internalChannels.inputPaused, ESCAPE_PAUSE_MS);
      onPause();
    },
    isPaused: () => isPaused(watch, performance.now()),
  };
};
