import { destination, pino, type DestinationStream, type Logger } from "pino";

export type { Logger };

/** JSON lines, on standard error unless told otherwise; standard output carries the one `ready` line only. */
export const createLogger = (level: string, to: DestinationStream = destination({ dest: 2, sync: true })): Logger =>
  pino(
    {
      level,
      base: null,
      // The driver hangs its whole connection, password included, on its errors: only what tells something is logged.
      serializers: {
        err: (error: unknown) => {
          if (!(error instanceof Error)) return String(error);
          const { code } = error as { code?: unknown };
          const cause = error.cause instanceof Error ? error.cause.message : undefined;
          return { message: error.message, code, cause, stack: error.stack };
        },
      },
      // Secrets never reach the log, whatever object is logged.
      redact: ["secret", "password", "*.secret", "*.password", "req.headers.authorization"],
    },
    to,
  );
