/**
 * Every event that a terminal may write to its log, once: what it means, and the only fields it may carry. Nothing else is
 * accepted, so that no personal data and no secret can get into a log by accident.
 */
export const logEvents = {
  "app.started": { meaning: "The program has started.", fields: ["version", "electron", "role", "packaged"] },
  "app.secondInstance": { meaning: "Somebody started the program a second time; the first was shown.", fields: [] },
  "app.nightlyRestart": { meaning: "The board was started afresh, as each night.", fields: [] },
  "app.quit": { meaning: "The program ended as it was told to.", fields: [] },
  "app.unexpected": {
    meaning: "Something failed that nobody expected; the program went on.",
    fields: ["where", "message"],
  },
  "app.switchRefused": {
    meaning: "The program was started with a switch that would take a lock away; it ended.",
    fields: ["names"],
  },
  "settings.setAside": { meaning: "The settings could not be read and were set aside.", fields: ["file", "reason"] },
  "settings.notUnderstood": {
    meaning: "Settings of a later version were not understood; their defaults are used, and the file keeps them.",
    fields: ["names"],
  },
  "settings.sealLost": {
    meaning: "The key store cannot open what it sealed; a new data key was made.",
    fields: ["file"],
  },
  "enrol.done": { meaning: "The terminal was enrolled.", fields: ["role", "deviceId"] },
  "enrol.failed": { meaning: "The terminal could not be enrolled.", fields: ["code"] },
  "enrol.left": { meaning: "The terminal left its hall.", fields: [] },
  "update.fetched": { meaning: "A release was fetched, checked and handed to the installer.", fields: ["version"] },
  "update.notFetched": { meaning: "A release could not be fetched; tried again later.", fields: ["version", "reason"] },
  "update.installed": { meaning: "A release lies beside the running version.", fields: ["version"] },
  "update.refused": {
    meaning: "A release was not taken: not signed by the maker, or another file than the signed one.",
    fields: ["version", "reason"],
  },
  "update.restart": { meaning: "The terminal starts afresh in a newer version.", fields: ["version"] },
  "enrol.authorityChanged": {
    meaning: "The terminal believes the authority that the one before has named to come after it.",
    fields: [],
  },
  "fleet.role": { meaning: "The hall made another terminal of this one.", fields: ["role"] },
  "fleet.screen": { meaning: "The screen was opened anew for settings that were changed from afar.", fields: [] },
  "fleet.settings": { meaning: "The settings of devices or screen were changed from afar.", fields: [] },
  "window.opened": { meaning: "A screen was opened.", fields: ["role", "display"] },
  "window.closed": { meaning: "A screen was closed.", fields: ["role", "display"] },
  "window.crashed": {
    meaning: "A screen's process ended and is started again.",
    fields: ["role", "display", "reason", "exitCode"],
  },
  "window.hung": { meaning: "A screen did not answer and was started again.", fields: ["role", "display"] },
  "window.loadFailed": { meaning: "A screen could not be loaded; tried again.", fields: ["role", "display", "code"] },
  "process.gone": { meaning: "One of Chromium's processes ended.", fields: ["type", "reason", "exitCode"] },
  "display.changed": { meaning: "A display was added, removed or changed.", fields: ["count"] },
  "security.navigation": { meaning: "A navigation was refused.", fields: ["role", "scheme", "kind"] },
  "security.window": { meaning: "A new window was refused.", fields: ["role", "scheme"] },
  "security.request": { meaning: "A request to somewhere else was refused.", fields: ["scheme", "type"] },
  "security.permission": { meaning: "A permission was refused.", fields: ["permission"] },
  "security.download": { meaning: "A download was refused.", fields: [] },
  "security.certificate": {
    meaning: "A server's certificate is not valid; the connection was refused.",
    fields: ["error"],
  },
  "security.ipc": { meaning: "A window's request was refused.", fields: ["channel", "reason"] },
  "security.key": { meaning: "A key combination was refused on a public screen.", fields: ["key"] },
  "security.paused": {
    meaning: "A public screen rested for a while after repeated tries to get out of it.",
    fields: ["role", "display"],
  },
  "security.devtools": { meaning: "The developer tools were closed.", fields: ["role"] },
  "printer.failed": { meaning: "A ticket could not be printed.", fields: ["code"] },
  "printer.printed": { meaning: "A ticket was printed.", fields: ["ms"] },
  "idReader.failed": { meaning: "No ID card could be read.", fields: ["code"] },
  "sync.connected": { meaning: "The terminal is connected to its node.", fields: ["ms"] },
  "sync.disconnected": { meaning: "The line to the node was lost.", fields: ["code", "reason"] },
  "sync.rejected": { meaning: "The node does not know this terminal any more.", fields: ["code"] },
  "sync.stalled": {
    meaning: "The node is reachable and yet the outbox does not empty.",
    fields: ["outbox", "oldestMs"],
  },
  "sync.resync": {
    meaning: "The terminal's state differed from the node's; everything was fetched again.",
    fields: ["seq"],
  },
  "sync.deadLetter": {
    meaning: "An act could not be delivered and waits for a person.",
    fields: ["commandType", "reason"],
  },
  "store.fault": { meaning: "The local database could not be written or opened.", fields: ["name", "message"] },
  "store.setAside": { meaning: "The local database could not be read and was set aside.", fields: ["name"] },
  "journal.unreadable": {
    meaning: "Lines of the second copy of unsent acts could not be opened; they were passed over.",
    fields: ["lines"],
  },
  "files.sent": { meaning: "A file is whole at the center.", fields: ["bytes", "ms"] },
  "files.refused": { meaning: "The center does not take a file; it stays here for a person.", fields: ["code"] },
  "ui.error": { meaning: "A screen failed and showed the error page.", fields: ["name", "message", "where"] },
  "voice.failed": { meaning: "An announcement could not be spoken.", fields: ["reason"] },
} as const satisfies Readonly<Record<string, { readonly meaning: string; readonly fields: readonly string[] }>>;

/** Events that tell of a fault; how many there were is shown to the desk. */
export const faultEvents: ReadonlySet<string> = new Set([
  "app.unexpected",
  "settings.setAside",
  "settings.notUnderstood",
  "settings.sealLost",
  "window.crashed",
  "window.hung",
  "window.loadFailed",
  "process.gone",
  "security.certificate",
  "printer.failed",
  "sync.stalled",
  "sync.deadLetter",
  "store.fault",
  "store.setAside",
  "journal.unreadable",
  "ui.error",
] satisfies readonly LogCode[]);

export type LogCode = keyof typeof logEvents;
export type LogFields = Readonly<Record<string, string | number | boolean>>;

export const isLogCode = (code: string): code is LogCode => Object.hasOwn(logEvents, code);
