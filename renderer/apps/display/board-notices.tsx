import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/public/icons.tsx";
import type { VoiceState } from "./web-audio-port.ts";

/** What people should know while they wait, one sentence at a time, and a word when the board has no voice. */
export const BoardNotices = ({ voice, turn }: { readonly voice: VoiceState; readonly turn: number }): ReactElement => {
  const { t } = useTranslation();
  const notices = [t("display:notices.listen"), t("display:notices.missed"), t("display:notices.help")];
  return (
    <footer className="board-notices">
      <span>{notices[turn % notices.length]}</span>
      {(voice === "blocked" || voice === "none") && (
        <span className="board-mute" role="status">
          <Icon name="warning" />
          {voice === "blocked" ? t("display:voice.blocked") : t("display:voice.none")}
        </span>
      )}
    </footer>
  );
};
