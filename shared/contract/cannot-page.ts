/** The page on which anybody tells from a phone what could not be done. */
export const CANNOT_PAGE_PATH = "/cannot";
/** Where that page sends it. */
export const CANNOT_RAISE_PATH = "/api/cannot";

export const CANNOT_WORDS_MAX = 500;
export const CANNOT_WORDS_MIN = 4;
/** A telephone number as it may be called back. */
export const CALLABLE = /^\+?\d[\d-]{6,18}$/;

export interface CannotResponse {
  readonly number: string;
}
