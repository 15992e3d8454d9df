import { useEffect, useState, type ReactElement } from "react";
import { z } from "zod";

const namesSchema = z.array(z.string().max(200)).max(200);
/** Films are put into the terminal's folder by hand, now and then. */
const LOOK_AGAIN_MS = 10 * 60_000;

const folder = (): string => new URL("videos/", document.baseURI).href;

const listVideos = async (): Promise<readonly string[]> => {
  const answer = await fetch(`${folder()}index.json`);
  return answer.ok ? namesSchema.parse(await answer.json()) : [];
};

/** The films of this terminal, by name; none where the program does not run on a computer of its own. */
export const useVideos = (): readonly string[] => {
  const [videos, setVideos] = useState<readonly string[]>([]);
  useEffect(() => {
    const look = (): void => {
      listVideos().then(
        (found) => setVideos((known) => (known.join("/") === found.join("/") ? known : found)),
        () => setVideos([]),
      );
    };
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return videos;
};

/** The films one after the other, always silent: the hall must hear its calls. One that cannot be played is passed over. */
export const BoardVideo = ({
  videos,
  onNone,
}: {
  readonly videos: readonly string[];
  /** None of them can be played. */
  readonly onNone: () => void;
}): ReactElement => {
  const [{ at, failed }, setPlace] = useState({ at: 0, failed: 0 });
  const name = videos[at % videos.length] ?? "";
  useEffect(() => {
    if (failed >= videos.length) onNone();
  }, [failed, videos, onNone]);
  return (
    <video
      key={at}
      className="board-video"
      src={folder() + encodeURIComponent(name)}
      data-name={name}
      autoPlay
      loop={videos.length === 1}
      muted
      playsInline
      disablePictureInPicture
      aria-hidden="true"
      tabIndex={-1}
      onEnded={() => setPlace({ at: at + 1, failed: 0 })}
      onError={() => setPlace({ at: at + 1, failed: failed + 1 })}
    />
  );
};
