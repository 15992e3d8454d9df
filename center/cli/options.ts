import { parseArgs, type ParseArgsConfig } from "node:util";

export const HELP = `service-hall center

  serve                    the hall node, or the city center; one line of JSON on standard output when it is ready
    --mode hall|city         default hall
    --port N --host H        default a free port on 127.0.0.1
    --tls-name NAME          with a host that other computers reach, https is served with a certificate of the hall's own
                             authority, made at the first start and renewed by itself, for all addresses of this computer;
                             another name for it, several times if need be
    --tls-cert FILE --tls-key FILE   https with a certificate of your own (PEM); --tls-authority FILE: whom terminals
                             enrolled from now on shall believe, and nobody else; without it, whom their system believes
    --plain-http             no https although others reach the host: something in front of it does that
    --city URL --city-key K  relay this hall to its city (the key also as SERVICE_HALL_CITY_KEY)
    --report URL --report-key K  deliver reviews and cases to the platform that the plan names (the key also as
                             SERVICE_HALL_REPORT_KEY); without it they wait in their queue
    --message URL --message-key K  send the reminders of ledgers as text messages through this gateway (the key also as
                             SERVICE_HALL_MESSAGE_KEY); without it nothing is sent
    --plan FILE              the hall's local plan, JSON
    --public-url URL         with --demo: where phones reach this center
    --retention FILE         after how many days personal data is erased, by kind: {"reviewPhone": 180, "contact": 30};
                             what is not named is kept
    --demo                   sample hall, sample catalogue, two clerks, enrolment codes
    --renderer DIR           serve the built screens under /app/
  enrol-code --role R [--counter N] [--department NAME]   a one-time code for a terminal, valid for 24 hours; a desk with a
                                      department sees and works on the cases of that department only
                                      --qr draws it; what stands behind the hyphen says which hall's authority to believe
  authority [--out FILE]              whom terminals believe: the hall's own authority, made when there is none; its
                                      certificate for browsers, which cannot compare letters
  tls change-over [--days N]          a new authority in the place of the hall's own, from the next start of the center on; the former
                                      one vouches for it for N days (60): terminals that are heard from meanwhile go over by
                                      themselves
  erase --record ID --reason TEXT     erase one personal record because somebody asked for it; the log stays
  revoke --device ID                  end a terminal's rights
  disable-clerk --no N                end a clerk's rights at once; add-clerk gives them back
  reset-second-factor --no N          take away an authenticator app that was lost; another one is set up at the next sign-in
  set-duty --no N --duty manager|technician|clerk   who may change the settings of the running hall, and look after terminals
  add-clerk --no N --name NAME        a clerk, or a new password; asked for, or SERVICE_HALL_PASSWORD, or standard input
  import-catalogue FILE [--map FILE] [--packages FILE] [--dry-run] [--json]   take a catalogue of service items (JSON, CSV,
                                      xlsx) over, with one-thing packages (JSON); with anything wrong in it nothing is taken
                                      over and every line is told
  import-catalogue [--from DIR]       build the catalogue from items.json, packages.json and the rules; default the sample
  check-plan --plan FILE              say what is wrong with a plan, or that nothing is
  show-plan                           print the plan that the hall works by, to be changed and set again
  set-plan --plan FILE                set the hall's plan; terminals have it within a second
  export-cases --out DIR [--json]     the hall's cases as CSV files of the national exchange tables, by the plan's mapping; what
                                      the platform would refuse is told, and the exit code is 1
  import-calendar FILE --plan FILE    put the years of a holiday notice (lines date,holiday|makeup_workday,name) into a plan
  backup FILE                         everything that the center keeps, and its key, into one file sealed with a passphrase
                                      (asked for, or SERVICE_HALL_PASSPHRASE, or standard input); beside a running center
  restore FILE                        puts a backup into an empty data folder; the center must not run
  verify-log [--city URL]             recompute the hash chain and say what was changed, is missing or re-ordered, at a city also
                                      where the hall's history was rewritten; at a hall with --city (key as at serve) compared
                                      with what the city holds; exit code 1 when something is wrong
  prove-history --hall ID --out FILE  at the city: what it holds of a hall's signed heads and of each place where its history
                                      was replaced, for others to check (node scripts/check-proof.mjs FILE KEY)
  add-hall --hall ID --name NAME      at the city: make a hall known and print its relay key
  hand-plan --plan FILE               at the city: hand a plan down to its hall
  sign-release FILE --key FILE --out FOLDER   at the maker's: sign a package of the terminal (Ed25519, PEM)
  add-release FOLDER                  take a signed release in; nobody gets it before it is given a stage
  stage-release VERSION --device ID,… | --hall ID,… | --all   give it to these terminals, at a city to these halls, to all
  halt-release VERSION, resume-release VERSION   nobody else gets it; it is given out again
  list-releases                       what there is, who gets it and how the terminals stand to it
  add-platform --name NAME            a booking platform of the city; prints its key for the appointment API

  --data DIR     data folder (embedded database, key); default $SERVICE_HALL_DATA, else as root /var/lib/service-hall,
                 else ~/.local/share/service-hall
  --hall ID      which hall, when there are several
  DATABASE_URL=postgres://… uses that PostgreSQL instead of the embedded one.
  The commands work beside a running center as well as without one.
`;

const OPTIONS = {
  mode: { type: "string", default: "hall" },
  data: { type: "string" },
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  "tls-authority": { type: "string" },
  days: { type: "string", default: "60" },
  "tls-name": { type: "string", multiple: true, default: [] },
  "plain-http": { type: "boolean", default: false },
  qr: { type: "boolean", default: false },
  city: { type: "string" },
  "city-key": { type: "string" },
  report: { type: "string" },
  "report-key": { type: "string" },
  message: { type: "string" },
  "message-key": { type: "string" },
  plan: { type: "string" },
  "public-url": { type: "string" },
  retention: { type: "string" },
  record: { type: "string" },
  reason: { type: "string" },
  demo: { type: "boolean", default: false },
  renderer: { type: "string" },
  role: { type: "string" },
  counter: { type: "string" },
  department: { type: "string" },
  device: { type: "string" },
  no: { type: "string" },
  duty: { type: "string" },
  name: { type: "string" },
  hall: { type: "string" },
  from: { type: "string" },
  map: { type: "string" },
  packages: { type: "string" },
  out: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  key: { type: "string" },
  all: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

/** @throws for options that do not exist */
export const parse = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
export type Values = ReturnType<typeof parse>["values"];
