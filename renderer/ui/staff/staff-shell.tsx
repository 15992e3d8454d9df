import { useEffect, type ReactNode } from "react";
import ConfigProvider from "antd/es/config-provider";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../hooks.ts";
import { IdleLock, type LeaveLocked } from "./idle-lock.tsx";
import "./staff.css";

const theme = {
  token: {
    colorPrimary: "#1B5FBF",
    // Lighter ones, which antd would choose, leave white words too little contrast under the mouse.
    colorPrimaryHover: "#174F9F",
    colorPrimaryActive: "#123F80",
    colorText: "#1F2937",
    colorTextSecondary: "#4B5563",
    colorTextPlaceholder: "#5B6472",
    colorTextDescription: "#5B6472",
    colorTextTertiary: "#5B6472",
    colorError: "#B42318",
    colorErrorHover: "#941C13",
    colorErrorActive: "#77160F",
    colorBorder: "#8A94A3",
    borderRadius: 6,
    fontFamily: "var(--staff-font)",
    motion: false,
    // A button that is busy shows it by its turning mark; its words stay as readable as before.
    opacityLoading: 1,
  },
};

interface StaffShellProps {
  readonly title: string;
  /** How a clerk is signed out whose screen is locked, where that takes more than to sign out. */
  readonly leave?: LeaveLocked;
  readonly children: ReactNode;
}

/** The frame of every staff screen: look and language of antd, and the window's title. */
export const StaffShell = ({ title, leave, children }: StaffShellProps) => {
  const { i18n } = useTranslation();
  const terminal = useTerminal();
  const language = i18n.language === "en" ? "en" : "zh-CN";

  const signOut = async (): Promise<null> => {
    await terminal.logout();
    return null;
  };

  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <ConfigProvider locale={language === "en" ? enUS : zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      {children}
      <IdleLock leave={leave ?? signOut} />
    </ConfigProvider>
  );
};
