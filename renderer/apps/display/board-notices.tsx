import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Notice } from "../../../shared/domain/notice/notice.ts";
import { NoticeText } from "../../ui/public/hall-notices.tsx";
import { Icon } from "../../ui/public/icons.tsx";
import type { VoiceState } from "./web-audio-port.ts";

/** What must be seen at once: it stands above the calls for as long as it holds. */
export const UrgentNotices = ({ notices }: { readonly notices: readonly Notice[] }): ReactElement[] =>
  notices
    .filter(({ tone }) => tone === "urgent")
    .slice(0, 2)
    .map((notice) => (
      <p key={notice.id} className="board-urgent" role="alert">
        <Icon name="warning" />
        <NoticeText notice={notice} />
      </p>
    ));

/** What people should know while they wait, one sentence at a time, and a word when the board has no voice. */
export const BoardNotices = ({
  notices,
  voice,
  turn,
}: {
  readonly notices: readonly Notice[];
  readonly voice: VoiceState;
  readonly turn: number;
}): ReactElement => {
  const { t } = useTranslation();
  const sentences = useMemo<readonly (string | Notice)[]>(
    () => [
      ...notices.filter(({ tone }) => tone === "info"),
      t("display:notices.listen"),
      t("display:notices.missed"),
      t("display:notices.help"),
    ],
    [notices, t],
  );
  const shown = sentences[turn % sentences.length] ?? "";
  return (
    <footer className="board-notices">
      <span>{typeof shown === "string" ? shown : <NoticeText notice={shown} />}</span>
      {(voice === "blocked" || voice === "none") && (
        <span className="board-mute" role="status">
          <Icon name="warning" />
          {voice === "blocked" ? t("display:voice.blocked") : t("display:voice.none")}
        </span>
      )}
    </footer>
  );
};
