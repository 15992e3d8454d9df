import { create } from "qrcode";
import { useEffect, useState, type ReactElement } from "react";

const QUIET_ZONE = 4;

interface Drawing {
  readonly size: number;
  readonly path: string;
}

const drawingOf = (text: string): Drawing => {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const cells: string[] = [];
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) cells.push(`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`);
  return { size: modules.size + 2 * QUIET_ZONE, path: cells.join("") };
};

/**
 * A QR code as one SVG path; always dark on white, whatever the theme, so that phones read it. Drawn a moment after what
 * stands beside it: nobody should wait for a number because of the code under it.
 */
export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }): ReactElement => {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => setDrawing(drawingOf(text)), [text]);
  const size = drawing?.size ?? 1;
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      {drawing && <path d={drawing.path} fill="#000000" />}
    </svg>
  );
};
