import { useCallback, useEffect, useRef, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useConnectionPart, useLink, useHall, useTerminal } from "../hooks.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { dateTimeOf } from "./hall-time.ts";
import { FaultCode } from "./fault-code.tsx";
import { HallNotices } from "./hall-notices.tsx";
import { Icon } from "./icons.tsx";
import { IdleDialog } from "./idle-dialog.tsx";
import { Name } from "./local-name.tsx";
import { PauseDialog } from "./pause-dialog.tsx";
import { useReadAloud } from "./read-aloud.ts";
import { ServiceBar } from "./service-bar.tsx";
import { usePublicSettings } from "./settings.tsx";
import { CallHelpContext, useHelp, type HelpStatus } from "./use-help.ts";
import { useIdle } from "./use-idle.ts";
import { usePause } from "./use-pause.ts";
import { useNow } from "../use-now.ts";
import "./public.css";

const planOf = (state: HallState): HallState["plan"] => state.plan;

const HelpStrip = ({ status }: { readonly status: HelpStatus }): ReactElement => {
  const { t } = useTranslation();
  return (
    <div role="status">
      {status !== "none" && (
        <p className="public-strip public-strip-help">
          <Icon name="helper" />
          {status === "asked"
            ? t("public:help.asked")
            : status === "answered"
              ? t("public:help.answered")
              : status === "undelivered"
                ? t("public:help.undelivered")
                : t("public:help.failed")}
        </p>
      )}
    </div>
  );
};

const Header = (): ReactElement => {
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const { language } = usePublicSettings().settings;
  const now = useNow();
  const { t } = useTranslation();
  return (
    <div className="public-header">
      <span className="public-header-name">
        {plan === null ? (terminal.info.hallName ?? t("public:hall")) : <Name of={plan} />}
      </span>
      <time className="public-header-time">{dateTimeOf(now, plan?.utcOffsetMinutes ?? 480, language)}</time>
    </div>
  );
};

/** Says 示例数据，非现行办事指南 wherever sample data are shown. */
export const SampleMark = (): ReactElement => {
  const { t } = useTranslation();
  return <span className="sample-mark">{t("public:sample")}</span>;
};

/**
 * The frame of a public screen that people touch: hall and time on top, the service bar at the bottom, and the idle
 * time-out that forgets whoever left.
 * @param screenKey changes when another screen is shown: it is then read aloud and gets the focus
 * @param hasTrace true while something of a person is on the screen
 * @param isBusy true while nothing may be cut off, e.g. a number is being asked for
 * @param strip a sentence about the state of the terminal, under the header
 */
export const PublicShell = ({
  screenKey,
  hasTrace,
  isBusy = false,
  canLower = false,
  place,
  strip,
  onForget,
  children,
}: {
  readonly screenKey: string;
  readonly hasTrace: boolean;
  readonly isBusy?: boolean;
  readonly canLower?: boolean;
  readonly place: string;
  readonly strip?: string | null;
  readonly onForget: () => void;
  readonly children: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { settings, isChanged, reset } = usePublicSettings();
  const link = useLink();
  const storeFault = useConnectionPart("storeFault");
  const plan = useHall(planOf);
  const help = useHelp(place);
  const readAloud = useReadAloud(settings.language, screenKey);
  const forgetHelp = help.forget;
  const stopReading = readAloud.stop;
  const forget = useCallback(() => {
    reset();
    forgetHelp();
    stopReading();
    getSelection()?.removeAllRanges();
    onForget();
  }, [reset, forgetHelp, stopReading, onForget]);
  const idle = useIdle((hasTrace || isChanged || help.status !== "none" || readAloud.isReading) && !isBusy, forget);

  const main = useRef<HTMLElement>(null);
  const shownKey = useRef(screenKey);
  // After the frame: moving the focus makes the browser lay the page out at once, and the number should not wait for that.
  useEffect(() => {
    if (shownKey.current === screenKey) return;
    shownKey.current = screenKey;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [screenKey]);

  const pause = usePause();
  const isPaused = pause !== null;
  const { stay } = idle;
  // A refused key never comes to the page, and nobody can press what the pause lies on: neither is somebody's absence.
  useEffect(() => {
    if (!isPaused) return;
    stay();
    return stay;
  }, [isPaused, stay]);
  const isDialog = idle.secondsLeft !== null || isPaused;
  return (
    <div className={settings.lowered ? "public public-lower" : "public"}>
      <div className="public-inner" inert={isDialog}>
        <header className="public-top">
          <Header />
          {plan?.sample === true && (
            <p className="public-strip public-strip-sample">
              <SampleMark />
            </p>
          )}
          {storeFault !== null && (
            <p className="public-strip" role="alert">
              <Icon name="warning" />
              {t("public:storeFault")}
            </p>
          )}
          {strip != null && (
            <p className="public-strip" role="status">
              <Icon name="warning" />
              {strip}
              <FaultCode />
            </p>
          )}
          <HallNotices place={terminal.info.role === "kiosk" ? "kiosk" : "counter"} />
        </header>
        <main className="public-main" ref={main} tabIndex={-1}>
          {link === "rejected" ? (
            <div className="public-message">
              <Icon name="warning" />
              <h1>{t("public:rejected.title")}</h1>
              <p>{t("public:rejected.text")}</p>
            </div>
          ) : plan === null ? (
            <div className="public-message" role="status">
              <Icon name="ticket" />
              <h1>{t("public:starting.title")}</h1>
              <p>{t("public:starting.text")}</p>
            </div>
          ) : (
            <CallHelpContext value={help.call}>{children}</CallHelpContext>
          )}
        </main>
        <footer>
          <HelpStrip status={help.status} />
          <ServiceBar canLower={canLower} readAloud={readAloud} onHelp={help.call} />
        </footer>
      </div>
      {pause !== null ? (
        <PauseDialog secondsLeft={pause} />
      ) : (
        idle.secondsLeft !== null && <IdleDialog secondsLeft={idle.secondsLeft} onStay={idle.stay} onLeave={forget} />
      )}
    </div>
  );
};
