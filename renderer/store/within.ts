import type { Environment } from "./environment.ts";

/** Nobody waits any longer for a local database that has not answered for so long. */
export const ANSWER_WITHIN_MS = 10_000;

/** The local database has not answered: the disk fails or is full, or another window holds it. */
export class SilentDatabaseError extends Error {
  constructor() {
    super("the local database does not answer: the disk fails or is full, or another window holds it");
    this.name = "SilentDatabaseError";
  }
}

/** @throws SilentDatabaseError when what was asked of the database takes too long; it may still be done */
export const within = async <T>(work: PromiseLike<T>, { after }: Pick<Environment, "after">): Promise<T> => {
  let callOff: () => void = () => undefined;
  const late = new Promise<never>((_, fail) => {
    callOff = after(ANSWER_WITHIN_MS, () => fail(new SilentDatabaseError()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    callOff();
  }
};
