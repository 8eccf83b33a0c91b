//! What `--help` says, and which options each command has.
//!
//! Invariant: the reader of the command line takes its options from here, so that what is written is what is taken.

/// An option.
pub(super) struct Opt {
    pub(super) name: &'static str,
    /// As the help shows it.
    shown: &'static str,
    about: &'static str,
}

/// A command.
pub(super) struct Cmd {
    pub(super) name: &'static str,
    usage: &'static str,
    about: &'static str,
    more: &'static str,
    pub(super) options: &'static [Opt],
}

const FORMAT: Opt = Opt {
    name: "format",
    shown: "--format text|json",
    about: "for people (default) or for programs",
};
const COLOR: Opt = Opt {
    name: "color",
    shown: "--color auto|always|never",
    about: "colour; auto: on a terminal only",
};
const STRICT: Opt = Opt {
    name: "strict",
    shown: "--strict",
    about: "a rule that no scenario tests is a failure",
};
const CASE: Opt = Opt {
    name: "case",
    shown: "--case FILE",
    about: "the case, whatever its ending; `-` for standard input",
};
const AT: Opt = Opt {
    name: "at",
    shown: "--at INSTANT",
    about: "when it is asked, `2026-05-17T00:31+02:00`; default: now",
};
const LAW_DATE: Opt = Opt {
    name: "law-date",
    shown: "--law-date DATE",
    about: "judge by the law of this day, in all packs",
};
const ADOPT: Opt = Opt {
    name: "adopt",
    shown: "--adopt PACK",
    about: "let an announced or voluntary pack decide; may be repeated",
};
const SERVICE_LEVEL: Opt = Opt {
    name: "service-level",
    shown: "--service-level LEVELS",
    about: "the due of the house where the law has none, `undue-delay=24h,expeditiously=48h`",
};
const STATS: Opt = Opt {
    name: "stats",
    shown: "--stats",
    about: "what the index of the pack costs, and which rules it does not spare",
};
const RECEIPT: Opt = Opt {
    name: "receipt",
    shown: "--receipt",
    about: "with digests of the pack, the case and the decision",
};
const LANG: Opt = Opt {
    name: "lang",
    shown: "--lang en|fr",
    about: "the language of the explanation",
};
const FROM: Opt = Opt {
    name: "from",
    shown: "--from INSTANT",
    about: "the event, `2026-09-04T15:20:00+02:00`",
};
const COUNTING: Opt = Opt {
    name: "counting",
    shown: "--counting REGIME",
    about: "elapsed, eu_1182_71, fr_cpc or us_frcp_6",
};
const CALENDAR: Opt = Opt {
    name: "calendar",
    shown: "--calendar NAME",
    about: "fr, fr_alsace_moselle, be, de, eu or us_federal",
};
const ZONE: Opt = Opt {
    name: "zone",
    shown: "--zone ZONE",
    about: "an IANA zone, `Europe/Paris`; default: that of the calendar",
};
const NO_ROLLOVER: Opt = Opt {
    name: "no-rollover",
    shown: "--no-rollover",
    about: "the last day stays, even if it is no working day",
};
const BEFORE: Opt = Opt {
    name: "before",
    shown: "--before",
    about: "count back from the event",
};
const BATCH: Opt = Opt {
    name: "batch",
    shown: "--batch FILE",
    about: "answer each line of JSON Lines; `-` for standard input",
};
const AS: Opt = Opt {
    name: "as",
    shown: "--as FORM",
    about: "dsa-statement, tco-annex-ii, tco-annex-iii or epoc-annex-iii, as JSON",
};
const SUMMARY: Opt = Opt {
    name: "summary",
    shown: "--summary FILE",
    about: "where the summary of a batch goes; default: standard error",
};
const JOBS: Opt = Opt {
    name: "jobs",
    shown: "--jobs N",
    about: "how many mutants to try at once; default: 2",
};
const ONLY: Opt = Opt {
    name: "only",
    shown: "--only NAME",
    about: "faults in this rule, definition, norm, fact, set or pack; may be repeated",
};
const OPERATOR: Opt = Opt {
    name: "operator",
    shown: "--operator NAME",
    about: "faults of this kind, `drop-condition`; may be repeated",
};
const OUTPUT: Opt = Opt {
    name: "output",
    shown: "-o, --output FILE",
    about: "where to write the pack",
};

const LANGUAGE: Opt = Opt {
    name: "lang",
    shown: "--lang c|cpp|python",
    about: "the programming language of the host",
};
const NAME: Opt = Opt {
    name: "name",
    shown: "--name PREFIX",
    about: "what names in C begin with, the namespace in C++; default: rules",
};
const BINDING: Opt = Opt {
    name: "output",
    shown: "-o, --output FILE",
    about: "where to write it; default: standard output",
};

const DIFF_FORMAT: Opt = Opt {
    name: "format",
    shown: "--format text|json|scenarios",
    about: "for people (default), for programs, or to be pasted into the new rules",
};
const NEW: Opt = Opt {
    name: "new",
    shown: "--new PATH",
    about: "rules of the new version; may be repeated, and all paths without it are old",
};
const WITH: Opt = Opt {
    name: "with",
    shown: "--with PATH",
    about: "rules of both versions, such as a shared vocabulary; may be repeated",
};

const DOC_LANG: Opt = Opt {
    name: "lang",
    shown: "--lang en|fr",
    about: "one language; default: both, each page beside its translation",
};
const FOLDER: Opt = Opt {
    name: "output",
    shown: "-o, --output DIR",
    about: "where to write the pages; default: doc",
};
const MATRIX: Opt = Opt {
    name: "matrix",
    shown: "--matrix",
    about: "no pages: every deadline in one table, in Markdown",
};

const KEY: Opt = Opt {
    name: "key",
    shown: "--key FILE",
    about: "the private key of the maker, in PEM",
};
const NEW_KEY: Opt = Opt {
    name: "new-key",
    shown: "--new-key FILE",
    about: "make keys: the private one in FILE, the public one in `.pub.pem` beside it",
};
const LINE: Opt = Opt {
    name: "name",
    shown: "--name NAME",
    about: "the line of packs: what a host asks for; small letters, digits, `.`, `-` and `_`",
};
const SERIAL: Opt = Opt {
    name: "serial",
    shown: "--serial NUMBER",
    about: "the maker's counter, greater for each pack of the line",
};
const EXPIRES: Opt = Opt {
    name: "expires",
    shown: "--expires DATE",
    about: "from when on the signature does not hold: an instant, or a day in UTC; default: never",
};
const SIGNED: Opt = Opt {
    name: "output",
    shown: "-o, --output FILE",
    about: "where to write the signature; default: beside the pack, with `.sig` added",
};
const TRUSTED: Opt = Opt {
    name: "key",
    shown: "--key FILE",
    about: "the maker's public key in PEM: the signature of the pack must hold by it",
};
const SERIAL_LEAST: Opt = Opt {
    name: "serial-at-least",
    shown: "--serial-at-least NUMBER",
    about: "the least serial that is taken; default: 0",
};
const SIGNATURE: Opt = Opt {
    name: "signature",
    shown: "--signature FILE",
    about: "the signature; default: beside the pack, with `.sig` added",
};
const VERIFIED_AT: Opt = Opt {
    name: "at",
    shown: "--at INSTANT",
    about: "when the signature must hold; default: now",
};

/// All commands.
pub(super) const COMMANDS: &[Cmd] = &[
    Cmd {
        name: "check",
        usage: "exq check PATH…",
        about: "say everything that is wrong with rules",
        more: "Says how many packs, rules, norms and scenarios there are. A rule that could grant a protected norm without\n\
               its guard, and a `never` or `always` that can fail, are errors, each with the smallest case that shows it.",
        options: &[STATS, FORMAT, COLOR],
    },
    Cmd {
        name: "prove",
        usage: "exq prove PATH… QUESTION",
        about: "prove a statement about every answer, or show the smallest case in which it fails",
        more: "QUESTION is a property as rules write it, `never disclose must unless route`, or `disclose must only if route`.\n\
               Nothing is sampled: the answer is about every case, instant and law date, whatever is unknown.",
        options: &[FORMAT, COLOR],
    },
    Cmd {
        name: "verify",
        usage: "exq verify PACK",
        about: "check a compiled pack and its signature, and show what was proved of it",
        more: "Says its digest, whether its guards and properties were proved when it was built, and lists them. Proves them\n\
               again from the pack itself: nobody has to trust the mark. With a key and a name, its signature must hold,\n\
               as a host that trusts them asks for it (`docs/SIGNATURES.md`).",
        options: &[
            TRUSTED,
            LINE,
            SERIAL_LEAST,
            SIGNATURE,
            VERIFIED_AT,
            FORMAT,
            COLOR,
        ],
    },
    Cmd {
        name: "test",
        usage: "exq test PATH…",
        about: "run the scenarios of rules, and cases with expected decisions",
        more: "A scenario adopts its own pack. `never` and `always` are checked on every decision. Folders are searched\n\
               for rules (`.exq`) and cases (`.json`); a case names its rules, from here or from a folder above it.",
        options: &[FORMAT, COLOR, STRICT],
    },
    Cmd {
        name: "mutate",
        usage: "exq mutate PATH…",
        about: "make one small fault at a time, and say which ones no scenario notices",
        more: "Drops a condition, moves a constant by one, changes a unit, a modality or a safeguard, and runs the scenarios\n\
               and the cases at the paths on each mutant. A fault that is not noticed is shown at its place, and the exit\n\
               status is 1. Texts, calendars, properties and scenarios stay as they are.",
        options: &[ONLY, OPERATOR, JOBS, FORMAT, COLOR],
    },
    Cmd {
        name: "eval",
        usage: "exq eval PATH… CASE|--batch CASES",
        about: "judge a case",
        more: "Text is written as the expectations of a scenario are; JSON as `docs/DECISION.md` says. CASE is a `.json`\n\
               file or `-`. A case with expected decisions names its rules, its instant and what it adopts by itself.\n\
               An official form has the fields that the facts support, and says what is missing (`docs/FORMS.md`).\n\
               A line of a batch is a case, or has `id`, `case`, and `now` and `law_date` where they differ. Its answer\n\
               has `line`, `id`, and `decision` or `error`; an id that stood before is marked `duplicate_of`, an event\n\
               after the question is a warning, and both are judged. The summary counts lines, refusals, rules and\n\
               outcomes; with `--format json` it is JSON. Status 1: some line was refused.",
        options: &[
            CASE,
            AS,
            BATCH,
            SUMMARY,
            AT,
            LAW_DATE,
            ADOPT,
            SERVICE_LEVEL,
            RECEIPT,
            FORMAT,
            COLOR,
        ],
    },
    Cmd {
        name: "explain",
        usage: "exq explain PATH… CASE",
        about: "judge a case, and say in sentences what to do, by when and why",
        more: "The most urgent first. JSON is the decision with titles, citations, questions and reasons in both languages.",
        options: &[
            LANG,
            CASE,
            AT,
            LAW_DATE,
            ADOPT,
            SERVICE_LEVEL,
            RECEIPT,
            FORMAT,
            COLOR,
        ],
    },
    Cmd {
        name: "build",
        usage: "exq build PATH… -o FILE",
        about: "compile rules into a pack",
        more: "The same sources give the same bytes.",
        options: &[OUTPUT, ADOPT, FORMAT, COLOR],
    },
    Cmd {
        name: "sign",
        usage: "exq sign PACK --key FILE --name NAME --serial NUMBER",
        about: "sign a compiled pack, or make keys for it",
        more: "The signature is a file of its own beside the pack. It says of which line of packs this one is, with which\n\
               serial, and until when; a host refuses what is not signed so (`docs/SIGNATURES.md`). Keys are Ed25519, in\n\
               PEM as OpenSSL writes them. The same pack, key and words give the same bytes.",
        options: &[KEY, LINE, SERIAL, EXPIRES, SIGNED, NEW_KEY, FORMAT, COLOR],
    },
    Cmd {
        name: "schema",
        usage: "exq schema PATH…",
        about: "write the JSON Schema of cases for these rules",
        more: "For editors and for hosts in any language; descriptions are the questions of the rules.",
        options: &[COLOR],
    },
    Cmd {
        name: "bind",
        usage: "exq bind PATH… --lang c|cpp|python",
        about: "write constants and typed setters for a host in C, C++ or Python",
        more: "For the facts, events, enumerations, norms and rules of a pack. The file refuses every pack with another\n\
               vocabulary; rules may change under it. The same pack gives the same bytes.",
        options: &[LANGUAGE, NAME, BINDING, FORMAT, COLOR],
    },
    Cmd {
        name: "due",
        usage: "exq due PERIOD --from INSTANT --counting REGIME",
        about: "count a period as the law does, and say why it ends when it ends",
        more: "PERIOD is `10 days`, `3 working days`, `1 month 10 days`. It ends at the midnight that ends its last day,\n\
               save hours, and all of `elapsed`. A year that the calendar does not cover leaves the due undetermined.\n\
               A line of a batch has `event`, `n`, `unit`, `counting`, `calendar`, `zone`, and `days`, `rollover` and\n\
               `before` where needed; its answer has `due` and `steps`, or `error`, and no line stops the others.",
        options: &[
            FROM,
            COUNTING,
            CALENDAR,
            ZONE,
            NO_ROLLOVER,
            BEFORE,
            BATCH,
            LANG,
            FORMAT,
            COLOR,
        ],
    },
    Cmd {
        name: "diff",
        usage: "exq diff OLD NEW",
        about: "say every way in which two versions of rules decide differently",
        more: "By rule: what the old and the new version say, the smallest case in which they do, and in how many regions\n\
               (`docs/PROOFS.md`). Rules that say the same in other words do not differ. Status 1: they differ.",
        options: &[NEW, WITH, ADOPT, DIFF_FORMAT, COLOR],
    },
    Cmd {
        name: "doc",
        usage: "exq doc PATH…",
        about: "write a page for each pack, for readers who never saw the language",
        more: "Each rule in sentences, with its citation, its exceptions as a drawing, its deadlines and its scenarios. A page is\n\
               one HTML file that needs nothing beside itself, no network and no script. The same rules give the same bytes.",
        options: &[FOLDER, DOC_LANG, MATRIX, FORMAT, COLOR],
    },
];

const GENERAL: &str = "\
exq, the rule author's bench of Exequatur

usage: exq COMMAND PATH… [OPTION…]

PATH is rules (`.exq`), a folder of them, or a compiled pack (`.exqp`).

";

const STATUS: &str = "\
exit status: 0 fine, 1 the rules or a case say no, 2 the call was wrong
";

/// The help of a command, or of all.
pub(super) fn text(command: Option<&str>) -> String {
    match command.and_then(|name| COMMANDS.iter().find(|command| command.name == name)) {
        Some(command) => {
            let mut out = format!(
                "{}\n\nusage: {} [OPTION…]\n\n{}\n\noptions:\n",
                command.about, command.usage, command.more
            );
            for option in command.options {
                out.push_str(&format!("  {:<26} {}\n", option.shown, option.about));
            }
            out.push_str(&format!(
                "  {:<26} {}\n\n{STATUS}",
                "-h, --help", "this help"
            ));
            out
        }
        None => {
            let mut out = format!("{GENERAL}commands:\n");
            for command in COMMANDS {
                out.push_str(&format!("  {:<9} {}\n", command.name, command.about));
            }
            out.push_str(
                "\n`exq help COMMAND` says more; `exq --version` says which version this is.\n\n",
            );
            out.push_str(STATUS);
            out
        }
    }
}
