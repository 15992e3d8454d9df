import { useEffect, useState, type ReactNode } from "react";
import { Icon } from "../../ui/staff/icon.tsx";
import AppstoreOutlined from "@ant-design/icons-svg/es/asn/AppstoreOutlined";
import DesktopOutlined from "@ant-design/icons-svg/es/asn/DesktopOutlined";
import FundProjectionScreenOutlined from "@ant-design/icons-svg/es/asn/FundProjectionScreenOutlined";
import SafetyOutlined from "@ant-design/icons-svg/es/asn/SafetyOutlined";
import SettingOutlined from "@ant-design/icons-svg/es/asn/SettingOutlined";
import SmileOutlined from "@ant-design/icons-svg/es/asn/SmileOutlined";
import TabletOutlined from "@ant-design/icons-svg/es/asn/TabletOutlined";
import { useTranslation } from "react-i18next";
import type { ChannelArgs, ChannelResults } from "../../../shared/contract/ipc.ts";
import { findStaffBridge } from "../../ui/staff/bridge.ts";
import { LanguageSwitch } from "../../ui/staff/language-switch.tsx";
import { NoticeCard } from "../../ui/staff/notices.tsx";
import { StaffShell } from "../../ui/staff/staff-shell.tsx";
import "./launcher.css";

type Screen = Exclude<ChannelArgs<"launcher.open">[0], "demoHall">;

const cards: readonly { readonly screen: Screen; readonly icon: ReactNode }[] = [
  { screen: "kiosk", icon: <Icon of={TabletOutlined} /> },
  { screen: "window", icon: <Icon of={DesktopOutlined} /> },
  { screen: "display", icon: <Icon of={FundProjectionScreenOutlined} /> },
  { screen: "review", icon: <Icon of={SmileOutlined} /> },
  { screen: "desk", icon: <Icon of={SafetyOutlined} /> },
  { screen: "setup", icon: <Icon of={SettingOutlined} /> },
];

/** The demo hall's front door: every screen from one place, with whom it is for. */
export const App = () => {
  const { t } = useTranslation();
  const bridge = findStaffBridge();
  const [screens, setScreens] = useState<ChannelResults["launcher.screens"] | null>(null);
  const [opening, setOpening] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    bridge?.["launcher.screens"]().then(setScreens, () => setFailed(true));
  }, [bridge]);

  const open = async (screen: ChannelArgs<"launcher.open">[0]): Promise<void> => {
    if (opening !== null) return;
    setOpening(screen);
    setFailed(false);
    try {
      await bridge?.["launcher.open"](screen);
    } catch {
      setFailed(true);
    }
    // A terminal of its own takes a moment to come up; until then a second press is not meant.
    setTimeout(() => setOpening(null), 1_500);
  };

  return (
    <StaffShell title={t("launcher:title")}>
      <div className="staff-page">
        <header className="staff-page-head">
          <h1>{t("launcher:title")}</h1>
          <span className="sample-mark">{t("launcher:sample")}</span>
          <span className="status-gap" />
          <LanguageSwitch />
        </header>
        <main className="launcher">
          {failed ? (
            <NoticeCard tone="alarm" title={t("launcher:failedTitle")} onClose={() => setFailed(false)}>
              {t("launcher:failed")}
            </NoticeCard>
          ) : null}
          {bridge ? null : (
            <NoticeCard tone="warn" title={t("launcher:browserTitle")}>
              {t("launcher:browser")}
            </NoticeCard>
          )}
          <button
            type="button"
            className="launcher-hall"
            aria-disabled={opening !== null}
            autoFocus
            onClick={() => void open("demoHall")}
          >
            <span className="launcher-icon" aria-hidden="true">
              <Icon of={AppstoreOutlined} />
            </span>
            <span>
              <b>{t("launcher:demoHall.name")}</b>
              <span>{t("launcher:demoHall.text")}</span>
            </span>
          </button>
          <ul className="launcher-cards">
            {cards.map(({ screen, icon }) => (
              <li key={screen}>
                <button
                  type="button"
                  className="launcher-card"
                  aria-disabled={opening !== null}
                  onClick={() => void open(screen)}
                >
                  <span className="launcher-icon" aria-hidden="true">
                    {icon}
                  </span>
                  <b>{t(`launcher:${screen}.name`)}</b>
                  <span>{t(`launcher:${screen}.text`)}</span>
                  <small>{opening === screen ? t("launcher:opening") : t(`launcher:${screen}.who`)}</small>
                </button>
              </li>
            ))}
          </ul>
          {screens === null ? null : (
            <div className="launcher-facts">
              <section className="staff-card" aria-labelledby="clerks">
                <h2 id="clerks">{t("launcher:clerks")}</h2>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t("launcher:clerkNo")}</th>
                      <th scope="col">{t("launcher:clerkName")}</th>
                      <th scope="col">{t("launcher:password")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {screens.clerks.map((clerk) => (
                      <tr key={clerk.clerkNo}>
                        <td>{clerk.clerkNo}</td>
                        <td>{clerk.name}</td>
                        <td>
                          <code>{clerk.password}</code>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
              <section className="staff-card" aria-labelledby="urls">
                <h2 id="urls">{t("launcher:urls")}</h2>
                <p className="staff-hint">{t("launcher:urlsHint")}</p>
                <ul className="launcher-urls">
                  {screens.browserUrls.map(({ role, url }) => (
                    <li key={url}>
                      <b>{t(`launcher:${role}.name`)}</b>
                      <code>{url}</code>
                    </li>
                  ))}
                </ul>
              </section>
            </div>
          )}
        </main>
      </div>
    </StaffShell>
  );
};
