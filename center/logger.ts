import { destination, pino, type Logger } from "pino";

export type { Logger };

/** JSON lines on standard error; standard output carries the one `ready` line only. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      // Secrets never reach the log, whatever object is logged.
      redact: ["secret", "password", "*.secret", "*.password", "req.headers.authorization"],
    },
    destination({ dest: 2, sync: true }),
  );
