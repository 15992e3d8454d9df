import { useMemo, type ReactElement } from "react";
import { noticesFor, type Notice, type NoticePlace } from "../../../shared/domain/notice/notice.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { useNow } from "../use-now.ts";
import { Icon } from "./icons.tsx";
import { Name } from "./local-name.tsx";

const LOOK_MS = 10_000;

/** The notices that the desk has published for a place and that hold now. */
export const useNotices = (place: NoticePlace): readonly Notice[] => {
  const { notices } = useLive(useTerminal().hall);
  const now = useNow(LOOK_MS);
  return useMemo(() => noticesFor(notices, place, now), [notices, place, now]);
};

/** A notice in Chinese or English, the two languages that the desk writes. */
export const NoticeText = ({ notice: { text, textEn } }: { readonly notice: Notice }): ReactElement => (
  <Name of={textEn === "" ? { name: text, nameEn: text, names: {} } : { name: text, nameEn: textEn }} />
);

/** Strips under the header of a public screen; urgent ones first. */
export const HallNotices = ({ place }: { readonly place: NoticePlace }): ReactElement[] =>
  useNotices(place).map((notice) => (
    <p key={notice.id} className="public-strip public-strip-notice" data-tone={notice.tone} role="status">
      <Icon name={notice.tone === "urgent" ? "warning" : "speaker"} />
      <NoticeText notice={notice} />
    </p>
  ));
