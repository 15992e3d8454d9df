import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../hooks.ts";

/** Said wherever data of the sample hall are shown, so that nobody takes them for a guide in force. */
export const SampleMark = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const catalogue = useLive(terminal.catalogue);
  return hall.plan?.sample === true || catalogue?.sample === true ? (
    <span className="sample-mark">{t("staff:sample")}</span>
  ) : null;
};
