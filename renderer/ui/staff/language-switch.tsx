import { useTranslation } from "react-i18next";
import { findStaffBridge } from "./bridge.ts";

/** One button that names the other language in that language. */
export const LanguageSwitch = () => {
  const { i18n, t } = useTranslation();
  const other = i18n.language === "en" ? "zh-CN" : "en";
  const change = async (): Promise<void> => {
    await i18n.changeLanguage(other);
    await findStaffBridge()?.["setup.setLanguage"](other);
  };
  return (
    <button type="button" className="staff-link" lang={other} onClick={() => void change()}>
      {t("staff:language.other")}
    </button>
  );
};
