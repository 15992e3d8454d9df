import { connect, type Socket } from "node:net";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { CounterDisplaySettings } from "../../shared/contract/device-settings.ts";
import type { CounterScreen } from "../../shared/domain/queue/counter-screen.ts";
import { cd5220Begin, cd5220Clear, cd5220Line } from "./cd5220.ts";
import { centred, counterDisplayText } from "./counter-display-text.ts";

const CONNECT_MS = 2_000;
const AGAIN_MS = 3_000;
/** A display that was switched off and on again has forgotten its text and cannot say so. */
const REPEAT_MS = 30_000;

/** The string of LEDs over a counter. */
export interface CounterDisplay {
  /** Shows what the counter does; kept and shown when the display is reached again. */
  show(screen: CounterScreen): void;
  /** Shows a text once and tells whether the display could be reached; it cannot tell whether it shows it. */
  test(text: string): Promise<Result<null, { readonly code: "none" | "offline" }>>;
  /** Blanks it: a number that stays lit over an empty counter sends people astray. */
  close(): void;
}

const open = ({ host, port }: CounterDisplaySettings): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const late = setTimeout(() => socket.destroy(new Error("no answer")), CONNECT_MS);
    socket.once("error", reject);
    socket.once("close", () => clearTimeout(late));
    socket.once("connect", () => {
      clearTimeout(late);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.write(cd5220Begin());
      resolve(socket);
    });
  });

/**
 * Opens the counter's display over TCP (its own network port or a serial device server in front of it).
 * @param settings asked again for each connection, so that set-up can change them
 */
export const openCounterDisplay = (settings: () => CounterDisplaySettings): CounterDisplay => {
  let wanted: CounterScreen | null = null;
  let socket: Socket | null = null;
  let isOpening = false;
  let isClosed = false;
  let again: NodeJS.Timeout | null = null;
  let repeat: NodeJS.Timeout | null = null;

  const write = (): void => {
    if (!wanted || !socket) return;
    const { cells } = settings();
    socket.write(cd5220Line(centred(counterDisplayText(wanted, cells), cells)));
  };
  const reach = (): void => {
    if (isOpening || isClosed || wanted === null || settings().kind === "none") return;
    isOpening = true;
    open(settings())
      .then((opened) => {
        isOpening = false;
        if (isClosed) {
          opened.destroy();
          return;
        }
        socket = opened;
        opened.once("close", () => {
          if (socket === opened) socket = null;
          reachLater();
        });
        write();
      })
      .catch(() => {
        isOpening = false;
        reachLater();
      });
  };
  const reachLater = (): void => {
    if (isClosed) return;
    if (again) clearTimeout(again);
    again = setTimeout(reach, AGAIN_MS);
  };

  return {
    show(screen) {
      wanted = screen;
      repeat ??= setInterval(write, REPEAT_MS);
      if (socket) write();
      else reach();
    },
    async test(text) {
      if (settings().kind === "none") return err({ code: "none" });
      try {
        const opened = await open(settings());
        const { cells } = settings();
        await new Promise<void>((done) => opened.end(cd5220Line(centred(text, cells)), done));
        return ok(null);
      } catch {
        return err({ code: "offline" });
      }
    },
    close() {
      isClosed = true;
      if (again) clearTimeout(again);
      if (repeat) clearInterval(repeat);
      socket?.end(cd5220Clear());
      socket = null;
    },
  };
};
