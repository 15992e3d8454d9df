import { destination, pino, type Logger } from "pino";

export type { Logger };

/** JSON lines on standard error; standard output carries the one `ready` line only. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      // The driver hangs its whole connection, password included, on its errors: only what tells something is logged.
      serializers: {
        err: (error: unknown) =>
          error instanceof Error
            ? {
                message: error.message,
                code: (error as { code?: unknown }).code,
                stack: error.stack,
                cause: String(error.cause ?? ""),
              }
            : String(error),
      },
      // Secrets never reach the log, whatever object is logged.
      redact: ["secret", "password", "*.secret", "*.password", "req.headers.authorization"],
    },
    destination({ dest: 2, sync: true }),
  );
