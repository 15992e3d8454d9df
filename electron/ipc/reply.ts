/** Why a request of a window was refused before its handler ran, or that the handler failed unexpectedly. */
export type IpcRefusal = "foreign_sender" | "not_allowed" | "bad_arguments" | "failed";

/** What travels back to the preload, which turns a refusal into an Error "refused: <reason>". */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: IpcRefusal };
