import { useCallback, useEffect, useRef, useState } from "react";
import { useTerminal } from "../ui/hooks.ts";

const CHOSEN = "papers.camera";

/** Each has a sentence, `papers:camera.<fault>`. */
export type CameraFault = "denied" | "none" | "busy" | "failed";

const faultOf = (error: unknown): CameraFault => {
  const { name } = error as { readonly name?: string };
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "failed";
};

/** The document camera: which ones there are, which one is used, and its picture in `video`. */
export const useCamera = () => {
  const terminal = useTerminal();
  const video = useRef<HTMLVideoElement>(null);
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const [fault, setFault] = useState<CameraFault | null>(null);
  const [isLive, setIsLive] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    void terminal.readDraft(CHOSEN).then((kept) => setChosen(typeof kept === "string" ? kept : null));
  }, [terminal]);
  useEffect(() => {
    if (chosen === undefined) return undefined;
    let stream: MediaStream | null = null;
    let isOver = false;
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const open = async (): Promise<void> => {
      if (!devices) throw new DOMException("", "NotFoundError");
      // As sharp as it can: a document camera has 8 megapixels and more.
      const size = { width: { ideal: 3_264 }, height: { ideal: 2_448 } };
      const wish = chosen === null ? size : { ...size, deviceId: { ideal: chosen } };
      const opened = await devices.getUserMedia({ video: wish, audio: false });
      const all = (await devices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
      if (isOver) return opened.getTracks().forEach((track) => track.stop());
      stream = opened;
      opened.getVideoTracks()[0]?.addEventListener("ended", () => {
        setIsLive(false);
        setFault("busy");
      });
      setCameras(all);
      setFault(null);
      const element = video.current;
      if (!element) return;
      element.srcObject = opened;
      await element.play();
      setIsLive(true);
    };
    open().catch((error: unknown) => {
      if (!isOver) setFault(faultOf(error));
    });
    return () => {
      isOver = true;
      setIsLive(false);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [chosen, attempt]);

  const choose = useCallback(
    (deviceId: string) => {
      setChosen(deviceId);
      void terminal.writeDraft(CHOSEN, deviceId);
    },
    [terminal],
  );
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return { video, cameras, chosen: chosen ?? cameras[0]?.deviceId ?? "", choose, fault, isLive, again };
};
