import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../hooks.ts";
import { NoticeCard } from "./notices.tsx";

/** A lasting state of the computer: told until somebody has read it, not at every start. */
const LASTING = "key_store_weak";
const CLOSED = "staff.closedStartNotice";

/** Settings by their names in the file, a part of one as "screen.zoom", as people call them. */
const useSettingNames = (): ((detail: string) => string) => {
  const { t, i18n } = useTranslation();
  return (detail) => {
    const names = detail.split(", ").map((name) => t(`staff:start.setting.${name.split(".")[0] ?? ""}`));
    return new Intl.ListFormat(i18n.language).format(new Set(names));
  };
};

/** What the start of the program wants a person to know: settings set aside, a weak key store … */
export const StartNotices = () => {
  const { t } = useTranslation();
  const namesOf = useSettingNames();
  const terminal = useTerminal();
  const [closed, setClosed] = useState<readonly string[] | null>(null);
  useEffect(() => {
    void terminal.readDraft(CLOSED).then((kept) => setClosed(kept === LASTING ? [LASTING] : []));
  }, [terminal]);
  if (closed === null) return null;
  return terminal.info.notices
    .filter(({ code }) => !closed.includes(code))
    .map(({ code, detail }) => (
      <NoticeCard
        key={code}
        tone="warn"
        title={t("staff:start.title")}
        onClose={() => {
          setClosed((before) => [...(before ?? []), code]);
          if (code === LASTING) void terminal.writeDraft(CLOSED, LASTING);
        }}
      >
        {t(`staff:start.${code}`)}
        {detail === "" || code === LASTING ? null : (
          <small className="notice-detail">{code === "settings_not_understood" ? namesOf(detail) : detail}</small>
        )}
      </NoticeCard>
    ));
};
