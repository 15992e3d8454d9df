import type { useTranslation } from "react-i18next";
import type { HandInFault } from "./use-intake.ts";

/** The sentence for a hand-in that did not go through: what is wrong and what to do. */
export const handInFaultText = (fault: HandInFault, t: ReturnType<typeof useTranslation>["t"]): string => {
  switch (fault.kind) {
    case "noApplicant":
      return t("intake:outcome.not.noApplicant");
    case "notKept":
      return t("window:say.notKept");
    case "refused":
      return t(`refusal:${fault.refusal.code}`, fault.refusal.params);
  }
};
