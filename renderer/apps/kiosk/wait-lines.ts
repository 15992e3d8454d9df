import type { TFunction } from "i18next";

/** The line on a ticket about who comes before; a person who is next reads that and no nought. */
export const aheadLine = (t: TFunction, count: number): string =>
  count === 0 ? t("kiosk:print.aheadNone") : t("kiosk:print.ahead", { count });

/** The line on a ticket about the wait in minutes, in the words that the screen beside it has. */
export const waitLine = (t: TFunction, { from, to }: { readonly from: number; readonly to: number }): string =>
  from === 0 || from === to ? t("kiosk:print.waitUpTo", { to }) : t("kiosk:print.wait", { from, to });
