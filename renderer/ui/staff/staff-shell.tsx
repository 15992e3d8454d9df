import { useEffect, useRef, useState, type ReactNode } from "react";
import ConfigProvider from "antd/es/config-provider";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../hooks.ts";
import "./staff.css";

const theme = {
  token: {
    colorPrimary: "#1B5FBF",
    colorText: "#1F2937",
    colorTextSecondary: "#4B5563",
    colorTextPlaceholder: "#6B7280",
    borderRadius: 6,
    fontFamily: "var(--staff-font)",
    motion: false,
  },
};

/** The frame of every staff screen: look and language of antd, and the page's own language and title. */
export const StaffShell = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const { i18n } = useTranslation();
  const terminal = useTerminal();
  const language = i18n.language === "en" ? "en" : "zh-CN";
  const applied = useRef(false);
  const [, redraw] = useState(0);

  useEffect(() => {
    if (applied.current) return;
    applied.current = true;
    // A clerk's own choice of language outlives the program; the hall's setting is only where it starts.
    void terminal.readDraft("staff.language").then(async (chosen) => {
      if (chosen !== "en" && chosen !== "zh-CN") return;
      if (chosen !== i18n.language) await i18n.changeLanguage(chosen);
      redraw((n) => n + 1);
    });
  }, [terminal, i18n]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = "ltr";
    document.title = title;
  }, [language, title]);

  return (
    <ConfigProvider locale={language === "en" ? enUS : zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
};
