import type { ReactElement } from "react";

/** Line drawings on a 24 by 24 grid, own work; the keys of `LifeEvent.icon` among them. */
const paths = {
  // service bar and navigation
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  textSize: "M3 18 8.5 5 14 18M5 14h7M14.5 18l3.3-8 3.2 8M15.6 15.5h4.3",
  contrast: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 3v18M12 7h5M12 11h8M12 15h8M12 19h4",
  speaker: "M4 9v6h4l5 4V5L8 9H4M16 9c1.5 1.5 1.5 4.500 0 6M18.500 6.500c3 3 3 8 0 11",
  lower: "M5 4h14M12 8v11M7 14l5 5 5-5",
  helper: "M12 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-5 3.500-8 8-8s8 3 8 8M4 21h16",
  back: "M10 5l-7 7 7 7M3 12h18",
  home: "M3 11l9-8 9 8M5 10v11h14V10M10 21v-6h4v6",
  up: "M5 14l7-7 7 7",
  down: "M5 10l7 7 7-7",
  arrow: "M3 12h17M13 5l7 7-7 7",
  check: "M4 12l6 6L20 6",
  search: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M15 15l6 6",
  backspace: "M8 5h13v14H8l-6-7 6-7M12 9l5 6M17 9l-5 6",
  warning: "M12 3 2 21h20L12 3M12 10v5M12 17.800v.4",
  printer: "M7 8V3h10v5M5 17H3V8h18v9h-2M7 13h10v8H7v-8",
  qr: "M4 4h6v6H4V4M14 4h6v6h-6V4M4 14h6v6H4v-6M14 14h2v3M20 14v3h-2M14 20h3M20 20v.5",
  phone: "M7 2h10v20H7V2M11 19h2",
  ticket: "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4V6M14 6v3M14 11v2M14 15v3",
  // ways to a service
  department: "M3 21h18M5 21V9M19 21V9M3 9l9-6 9 6H3M9 21v-8M15 21v-8",
  package: "M3 7l9-4 9 4v10l-9 4-9-4V7M3 7l9 4 9-4M12 11v10",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 9v.5M15 9v.5M8 14c2 3 6 3 8 0",
  star: "M12 3l2.700 6 6.300.7-4.700 4.300 1.400 6.500L12 17.200 6.300 20.500 7.700 14 3 9.700 9.300 9 12 3",
  question: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.500 9.500c0-3.500 5-3.500 5 0 0 2-2.500 2-2.500 4.500M12 17v.3",
  person: "M12 4a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M5 20c0-4 3-7 7-7s7 3 7 7",
  company: "M4 21V4h9v17M13 9h7v12M2 21h20M7 8h3M7 12h3M7 16h3M16 13h1M16 17h1",
  document: "M6 3h9l4 4v14H6V3M15 3v4h4M9 12h7M9 16h7",
  // life events
  baby: "M12 3a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M9 10v.5M15 10v.5M9 14.500c1.800 1.800 4.200 1.800 6 0M12 3c-1.500 1.500-1 3 .5 3",
  school: "M2 9l10-5 10 5-10 5L2 9M6 11v6c3.500 3 8.500 3 12 0v-6M22 9v6",
  briefcase: "M3 8h18v12H3V8M9 8V4h6v4M3 13h18M12 12v2",
  candle: "M9 10h6v11H9V10M7 21h10M12 10V8M12 8c-2-1.500-1.500-3.500 0-5.500 1.500 2 2 4 0 5.500",
  car: "M3 16v-4l3-6h12l3 6v4H3M5 16v3M19 16v3M6 12h12M7 14v.2M17 14v.2",
  change: "M4 9h14l-4-4M20 15H6l4 4",
  close: "M3 21V8l9-5 9 5v13M8 12l8 7M16 12l-8 7",
  crane: "M6 21V3M3 21h6M6 5h15M6 8l5-3M17 5v6M15 11h4v3h-4v-3M3 5h3",
  credit: "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6l8-3M8 12l3 3 5-6",
  health: "M12 21C5 16 3 12 3 8.500 3 4 9 3 12 7c3-4 9-3 9 1.500 0 3.500-2 7.500-9 12.500M12 9.500v6M9 12.500h6",
  "id-card": "M2 5h20v14H2V5M7 9a2 2 0 1 0 0 4 2 2 0 0 0 0-4M4 16.500c.5-2.500 5.500-2.500 6 0M13 9h6M13 12h6M13 15h4",
  idea: "M9 18h6M10 21h4M9 18c0-3-4-4-4-9a7 7 0 0 1 14 0c0 5-4 6-4 9",
  license: "M3 4h18v13H3V4M7 8h10M7 12h6M15.500 13a2.500 2.500 0 1 0 .01 0M14 17v4l1.500-1 1.500 1v-4",
  passport:
    "M5 3h14v18H5V3M12 7a4 4 0 1 0 0 8 4 4 0 0 0 0-8M8 11h8M12 7c-1.500 2-1.500 6 0 8 1.500-2 1.500-6 0-8M9 18h6",
  retirement:
    "M9 4a2.300 2.300 0 1 0 0 4.600A2.300 2.300 0 0 0 9 4M9 9v6l-2 6M9 15l3 6M9 11h5M16 12v9M14 12c0-2 4-2 4 0",
  rings: "M9 9a6 6 0 1 0 0 12A6 6 0 0 0 9 9M15 9a6 6 0 1 0 0 12 6 6 0 0 0 0-12M12 3l2 2-2 3-2-3 2-2",
  shop: "M3 9l2-6h14l2 6M3 9c0 3 4.500 3 4.500 0 0 3 4.500 3 4.500 0 0 3 4.500 3 4.500 0 0 3 4.500 3 4.500 0M5 12v9h14v-9M9 21v-5h6v5",
  support:
    "M3 12c3-3 5-3 9 0h4c2 0 2 3 0 3h-5M16 14l4-3c2-1 3 1 1.500 2.500L15 19H8l-5-2M9 7c0-3 4-3 4 0 0-3 4-3 4 0 0 2-2 3-4 4-2-1-4-2-4-4",
  tax: "M5 2h14v20l-3-2-2 2-2-2-2 2-2-2-3 2V2M9 6l3 4 3-4M12 10v6M9 11h6M9 14h6",
  team: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M2 20c0-4 2.500-6 6-6s6 2 6 6M16.500 6a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5M15.500 14c4 0 6.500 2 6.500 6",
} as const;

export type IconName = keyof typeof paths;

const isIconName = (name: string): name is IconName => Object.hasOwn(paths, name);

/** The icon for a name out of the catalogue; one that is not drawn yet becomes the document. */
export const iconNameOf = (name: string): IconName => (isIconName(name) ? name : "document");

/** They point along the line and turn with it where it runs from right to left. */
const alongTheLine: readonly IconName[] = ["back", "arrow", "backspace"];

/** Decoration beside a text: hidden from screen readers. */
export const Icon = ({ name }: { readonly name: IconName }): ReactElement => (
  <svg
    className={alongTheLine.includes(name) ? "icon along-line" : "icon"}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
  >
    <path
      d={paths[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
