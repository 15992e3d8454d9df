/** The answer of something that may be refused for an expected reason. Unexpected failures are thrown instead. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A successful answer carrying `value`. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** A refusal carrying its reason. */
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
