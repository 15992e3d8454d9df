import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import CloseOutlined from "@ant-design/icons-svg/es/asn/CloseOutlined";
import { useTranslation } from "react-i18next";
import { clockOf } from "../../../shared/basics/time.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import type { Notice } from "../../store/terminal.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { actNameKey } from "./act-name.ts";
import type { Tone } from "./status-model.ts";

interface NoticeCardProps {
  readonly tone: Exclude<Tone, "ok">;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onClose?: () => void;
}

/** Something a person should know, with words for its colour. It stays until somebody closes it. */
export const NoticeCard = ({ tone, title, children, actions, onClose }: NoticeCardProps) => {
  const { t } = useTranslation();
  return (
    <div className={`notice notice-${tone}`}>
      <div className="notice-head">
        <strong>{title}</strong>
        {onClose === undefined ? null : (
          <button
            type="button"
            className="icon-button"
            aria-label={t("staff:notice.close", { title })}
            onClick={onClose}
          >
            <Icon of={CloseOutlined} />
          </button>
        )}
      </div>
      {children === undefined ? null : <div className="notice-body">{children}</div>}
      {actions === undefined ? null : <div className="notice-actions">{actions}</div>}
    </div>
  );
};

const titleKey = (kind: Notice["kind"]): string => {
  switch (kind) {
    case "refusal":
      return "staff:notice.refusal";
    case "anomaly":
      return "staff:notice.anomaly";
    case "deadLetter":
      return "staff:notice.deadLetter";
  }
};

interface RefusalCardProps {
  readonly act: string;
  readonly at: number;
  readonly refusal: Refusal;
  readonly onClose: () => void;
}

/** What the node has just refused to whoever is at the screen. */
export const RefusalCard = ({ act, at, refusal, onClose }: RefusalCardProps) => {
  const { t } = useTranslation();
  const offset = useLive(useTerminal().hall).plan?.utcOffsetMinutes ?? 480;
  return (
    <NoticeCard
      tone="warn"
      title={t("staff:notice.refusal", { act: t(actNameKey(act)), time: clockOf(at, offset) })}
      onClose={onClose}
    >
      {t(`refusal:${refusal.code}`, refusal.params)}
    </NoticeCard>
  );
};

/** Refusals, anomalies and undeliverable acts of this terminal, newest first, each until it is closed. */
export const TerminalNotices = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const notices = useLive(terminal.notices);
  const plan = useLive(terminal.hall).plan;
  return [...notices].reverse().map((notice) => (
    <NoticeCard
      key={notice.id}
      tone={notice.kind === "refusal" ? "warn" : "alarm"}
      title={t(titleKey(notice.kind), {
        act: t(actNameKey(notice.commandType)),
        time: clockOf(notice.at, plan?.utcOffsetMinutes ?? 480),
      })}
      onClose={() => void terminal.closeNotice(notice.id)}
    >
      {t(`refusal:${notice.refusal.code}`, notice.refusal.params)}
    </NoticeCard>
  ));
};
