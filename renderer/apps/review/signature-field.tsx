import { useEffect, useEffectEvent, useRef, type ReactElement } from "react";
import SignaturePad from "signature_pad";

export interface Stroke {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly pressure: number;
    readonly time: number;
  }[];
}

/** What a parent may do with the field. */
export interface SignatureHandle {
  clear(): void;
  undo(): void;
  /** Null when there is too little ink for a name: a dot, a touch by mistake. */
  read(): { readonly strokes: readonly Stroke["points"][]; readonly picture: string } | null;
}

/** Less way than this, in CSS pixels, is a touch and no signature. */
const LEAST_INK = 60;

const inkOf = (strokes: readonly Stroke["points"][]): number =>
  strokes.reduce(
    (sum, points) =>
      sum +
      points.reduce((way, point, at) => {
        const before = points[at - 1];
        return before === undefined ? way : way + Math.hypot(point.x - before.x, point.y - before.y);
      }, 0),
    0,
  );

/** Where a finger or a pen signs. What was written stays when the screen changes its size. */
export const SignatureField = ({
  label,
  handle,
  onInk,
}: {
  readonly label: string;
  readonly handle: { current: SignatureHandle | null };
  readonly onInk: (hasInk: boolean) => void;
}): ReactElement => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const told = useEffectEvent(onInk);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const pad = new SignaturePad(element, { minWidth: 1.2, maxWidth: 4, penColor: "#000000" });
    const strokesOf = (): Stroke["points"][] =>
      pad.toData().map(({ points }) => points.map(({ x, y, pressure, time }) => ({ x, y, pressure, time })));
    const fit = (): void => {
      const strokes = pad.toData();
      const scale = Math.max(1, window.devicePixelRatio);
      element.width = element.clientWidth * scale;
      element.height = element.clientHeight * scale;
      element.getContext("2d")?.scale(scale, scale);
      pad.clear();
      pad.fromData(strokes);
    };
    fit();
    const sizes = new ResizeObserver(fit);
    sizes.observe(element);
    pad.addEventListener("endStroke", () => told(inkOf(strokesOf()) >= LEAST_INK));
    const own: SignatureHandle = {
      clear: () => {
        pad.clear();
        told(false);
      },
      undo: () => {
        pad.fromData(pad.toData().slice(0, -1));
        told(inkOf(strokesOf()) >= LEAST_INK);
      },
      read: () => {
        const strokes = strokesOf();
        return inkOf(strokes) < LEAST_INK ? null : { strokes, picture: pad.toDataURL("image/png") };
      },
    };
    handle.current = own;
    return () => {
      sizes.disconnect();
      pad.off();
      if (handle.current === own) handle.current = null;
    };
  }, [handle]);

  return <canvas ref={canvas} className="signature-field" role="img" aria-label={label} />;
};
