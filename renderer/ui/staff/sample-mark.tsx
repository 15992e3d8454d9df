import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../hooks.ts";

/** Said wherever data of the sample hall are shown, so that nobody takes them for a guide in force. */
export const SampleMark = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const sample = useLive(terminal.hall).plan?.sample === true || useLive(terminal.catalogue)?.sample === true;
  return sample ? <span className="sample-mark">{t("staff:sample")}</span> : null;
};
