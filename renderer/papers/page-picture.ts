import type { PdfPage } from "./pdf.ts";
import type { ScanPage } from "./scan-model.ts";

/** Small enough for a slow line, good enough to read the small print of a certificate. */
const QUALITY = 0.82;
/** 200 dpi on the long side of A4. */
const MOST_PIXELS = 2_340;

const context2d = (canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D => {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas to draw on");
  return context;
};

/** A picture with what is to be done to it: cropped, then turned, at most 200 dpi on A4. */
export const drawPage = async (
  picture: Blob,
  { crop, turns }: Pick<ScanPage, "crop" | "turns">,
  most = MOST_PIXELS,
): Promise<PdfPage & { readonly blob: Blob }> => {
  const bitmap = await createImageBitmap(picture);
  try {
    const left = Math.round(bitmap.width * crop.left);
    const top = Math.round(bitmap.height * crop.top);
    const cutWidth = Math.max(1, Math.round(bitmap.width * (1 - crop.right)) - left);
    const cutHeight = Math.max(1, Math.round(bitmap.height * (1 - crop.bottom)) - top);
    const scale = Math.min(1, most / Math.max(cutWidth, cutHeight));
    const [w, h] = [Math.max(1, Math.round(cutWidth * scale)), Math.max(1, Math.round(cutHeight * scale))];
    const isSideways = turns % 2 === 1;
    const canvas = new OffscreenCanvas(isSideways ? h : w, isSideways ? w : h);
    const context = context2d(canvas);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((turns * Math.PI) / 2);
    context.drawImage(bitmap, left, top, cutWidth, cutHeight, -w / 2, -h / 2, w, h);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    const { width, height } = canvas;
    return { blob, jpeg: new Uint8Array(await blob.arrayBuffer()), width, height };
  } finally {
    bitmap.close();
  }
};

/** What the camera sees now. @throws when it does not see anything yet */
export const takePicture = async (video: HTMLVideoElement): Promise<Blob> => {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) throw new Error("the camera shows nothing yet");
  const canvas = new OffscreenCanvas(videoWidth, videoHeight);
  context2d(canvas).drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
};
