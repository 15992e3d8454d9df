/*
 * Texts that people might give in to make a script of theirs run on somebody else's screen, or to make a screen unusable. Each script does
 * the same: `hit()`, which tells the test.
 */

const DO = "hit()";

/** How a text may try to run a script, or to load what is not ours. */
const carriers: readonly string[] = [
  `<script>${DO}</script>`,
  `<ScRiPt>${DO}</sCrIpT>`,
  `<img src=x onerror=${DO}>`,
  `<img/src=x/onerror=${DO}>`,
  `<svg onload=${DO}>`,
  `<svg><script>${DO}</script>`,
  `<svg><animate onbegin=${DO}>`,
  `<body onload=${DO}>`,
  `<video src=x onerror=${DO}>`,
  `<audio src=x onerror=${DO}>`,
  `<input autofocus onfocus=${DO}>`,
  `<select autofocus onfocus=${DO}>`,
  `<details open ontoggle=${DO}>`,
  `<marquee onstart=${DO}>`,
  `<style onload=${DO}></style>`,
  `<p onpointerenter=${DO}>x`,
  `<iframe src=javascript:${DO}>`,
  `<iframe srcdoc="<script>parent.${DO}</script>">`,
  `<object data=javascript:${DO}>`,
  `<embed src=javascript:${DO}>`,
  `<a href=javascript:${DO}>x</a>`,
  `<form action=javascript:${DO}><button>`,
  `<math><mtext><img src=x onerror=${DO}>`,
  `<template><img src=x onerror=${DO}>`,
  `<base href=//evil.test/>`,
  `<link rel=stylesheet href=//evil.test/x>`,
  `<meta http-equiv=refresh content=0;url=//evil.test>`,
  `<style>*{display:none}</style>`,
  `<img src=//evil.test/x.png>`,
  `javascript:${DO}`,
  `data:text/html,<script>${DO}</script>`,
  `\${${DO}}`,
  `{{constructor.constructor('${DO}')()}}`,
  `{{nope}}$t(common:nope)`,
  `&lt;script&gt;${DO}&lt;/script&gt;`,
  `&#60;img src=x onerror=${DO}&#62;`,
  `\\u003cscript\\u003e${DO}\\u003c/script\\u003e`,
  `%3Cscript%3E${DO}%3C/script%3E`,
  `';${DO};'`,
  `=HYPERLINK("//evil.test";"x")`,
];

/** What a text may close first, to get out of where it was put. */
const openers = ["", `">`, `'>`, `-->`, `</textarea></title>`] as const;

/** Two hundred of them. */
export const payloads: readonly string[] = openers.flatMap((opener) => carriers.map((each) => opener + each));

/** Those that a field of `max` characters takes. */
export const shortPayloads = (max: number): readonly string[] => payloads.filter((each) => each.length <= max);

/** All of them in as few texts of at most `max` characters as they fit into. */
export const packedPayloads = (max: number): readonly string[] => {
  const packed: string[] = [];
  for (const each of payloads) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + each.length + 1 <= max) packed[packed.length - 1] = `${last} ${each}`;
    else packed.push(each);
  }
  return packed;
};

/** What breaks lines, boxes and the direction of writing; no person's fault, or somebody's fun. */
export const oddTexts: readonly string[] = [
  "\u202Eesrever\u202E",
  "\u2066\u2067\u2068",
  "\u200B\u200C\u200D\uFEFF",
  "مرحبا‏ بالعالم‏",
  "𠮷𠜎𡃁𨋢龘𪚥",
  "👨‍👩‍👧‍👦🏳️‍🌈🇨🇳",
  `z${"\u0337\u0322\u0301\u0489".repeat(6)}`,
  "W".repeat(40),
  "﷽﷽﷽",
  "㊙①Ⅷ℡㎏",
];

/** Ten thousand characters without a place to break the line. */
export const ENDLESS = "𠮷Ẅ".repeat(3_334).slice(0, 10_000);
