//! A number of rules to packs that an index likes least, each with cases.
//!
//! Each kind takes one thing to its extreme; the last is made of what the language has beside comparisons. Invariant: as for the
//! plain rules, the same number always gives the same text and the same cases.

use crate::generator::Numbers;

/// A kind of pack.
pub struct Hard {
    pub name: &'static str,
    /// What it looks like.
    pub about: &'static str,
    /// The pack of so many rules.
    pub pack: fn(usize) -> String,
    /// One of its cases.
    pub case: fn(&mut Numbers) -> String,
    /// So many rules are measured. Where fewer are, the language or the pack format does not allow more.
    pub sizes: &'static [usize],
}

const ALL: &[usize] = &[10, 100, 1_000, 10_000];

/// All kinds.
pub const KINDS: [Hard; 7] = [
    Hard {
        name: "one fact",
        about: "every rule compares the same integer; half of them apply",
        pack: one_fact,
        case: plain_case,
        sizes: ALL,
    },
    Hard {
        name: "chain",
        about: "each rule is an exception to the one before",
        pack: chain,
        case: plain_case,
        sizes: &[10, 30, 100],
    },
    Hard {
        name: "countries",
        about: "each rule names up to 250 of 256 countries",
        pack: countries,
        case: country_case,
        sizes: ALL,
    },
    Hard {
        name: "64 norms",
        about: "each rule speaks of 64 norms",
        pack: many_norms,
        case: plain_case,
        sizes: &[10, 100, 1_000],
    },
    Hard {
        name: "times",
        about: "each rule waits for another instant",
        pack: times,
        case: plain_case,
        sizes: ALL,
    },
    Hard {
        name: "idle times",
        about: "each rule waits for another instant, and cannot apply whenever it comes",
        pack: idle_times,
        case: plain_case,
        sizes: ALL,
    },
    Hard {
        name: "mixed",
        about: "territory, exceptions, presumed facts, sets, events, missed duties, versions, lasting duties",
        pack: mixed,
        case: mixed_case,
        sizes: ALL,
    },
];

const HEAD: &str = "pack made\n  status law\n  judged by order.received\n  counting elapsed\n  zone \"Europe/Paris\"\n\
    event order.received\n";

fn head(norms: usize) -> String {
    let mut text = HEAD.to_string();
    for norm in 0..norms {
        text += &format!(
            "event finished.n{norm}\nnorm n{norm} : provider do thing{norm}  done at finished.n{norm}\n"
        );
    }
    for number in 0..8 {
        text += &format!("fact made.b{number} : bool\nfact made.i{number} : int 0..=999\n");
    }
    text
}

fn rule(number: usize, of: &str, when: &str, then: &str) -> String {
    format!(
        "rule r{number}{of}\n  cites \"art. {number}\" recalled\n  when {when}\n  then {then}\nend\n"
    )
}

fn plain_case(numbers: &mut Numbers) -> String {
    let facts: Vec<String> = (0..8)
        .map(|number| {
            let (bool, int) = (numbers.below(2) == 1, 450 + numbers.below(100));
            format!("\"b{number}\":{bool},\"i{number}\":{int}")
        })
        .collect();
    format!(
        "{{\"order\":{{\"received\":\"2026-09-04T15:20:00+02:00\"}},\"made\":{{{}}}}}",
        facts.join(",")
    )
}

fn one_fact(count: usize) -> String {
    let mut numbers = Numbers(1);
    let mut text = head(64);
    for number in 0..count {
        let bound = 1 + numbers.below(998);
        let then = format!(
            "n{} must within {} hours of order.received",
            number % 64,
            1 + number % 90
        );
        text += &rule(number, "", &format!("made.i0 < {bound}"), &then);
    }
    text
}

fn chain(count: usize) -> String {
    let mut text = head(4);
    for number in 0..count {
        let of = match number {
            0 => String::new(),
            _ => format!(" exception to r{}", number - 1),
        };
        let then = match number % 3 {
            0 => format!("n0 must within {} hours of order.received", 1 + number % 90),
            1 => "n0 lifted".to_string(),
            _ => "n0 must not".to_string(),
        };
        // Every second condition lets nearly all pass, so that the chain is followed far.
        let when = format!("made.i{} < {}", number % 8, 600 + number % 300);
        text += &rule(number, &of, &when, &then);
    }
    text
}

fn countries(count: usize) -> String {
    let mut numbers = Numbers(3);
    let mut text = head(64);
    let all: Vec<String> = (0..256).map(|country| format!("c{country}")).collect();
    text += &format!(
        "enum Country {{ {} }}\nfact made.country : Country\nfact made.other : Country\n",
        all.join(", ")
    );
    for number in 0..count {
        let named = 1 + numbers.below(250);
        let first = numbers.below(256);
        let some: Vec<&str> = (0..named)
            .map(|index| all[(first + index) % 256].as_str())
            .collect();
        // Written out each time, the sets of 10,000 rules would be longer than a file may be.
        let some = if count > 1_000 {
            &some[..named.min(24)]
        } else {
            &some
        };
        let fact = if number % 2 == 0 { "country" } else { "other" };
        let then = format!(
            "n{} must within {} hours of order.received",
            number % 64,
            1 + number % 90
        );
        let when = format!(
            "made.{fact} in {{{}}} and made.i0 < {}",
            some.join(", "),
            400 + numbers.below(110)
        );
        text += &rule(number, "", &when, &then);
    }
    text
}

fn country_case(numbers: &mut Numbers) -> String {
    let (country, other, int) = (
        numbers.below(256),
        numbers.below(256),
        450 + numbers.below(100),
    );
    format!(
        "{{\"order\":{{\"received\":\"2026-09-04T15:20:00+02:00\"}},\
         \"made\":{{\"country\":\"c{country}\",\"other\":\"c{other}\",\"i0\":{int}}}}}"
    )
}

fn many_norms(count: usize) -> String {
    let mut numbers = Numbers(4);
    let mut text = head(64);
    for number in 0..count {
        let then: Vec<String> = (0..64)
            .map(|norm| {
                format!(
                    "n{norm} must within {} hours of order.received",
                    1 + (number + norm) % 90
                )
            })
            .collect();
        let when = format!("made.i{} < {}", numbers.below(8), 400 + numbers.below(100));
        text += &rule(number, "", &when, &then.join("\n   and "));
    }
    text
}

fn times(count: usize) -> String {
    let mut text = head(64);
    for number in 0..count {
        let then = format!(
            "n{} must within {} hours of order.received",
            number % 64,
            1 + number % 90
        );
        let when = format!("order.received + {} minutes <= now", 1 + number);
        text += &rule(number, "", &when, &then);
    }
    text
}

fn idle_times(count: usize) -> String {
    let mut text = head(64);
    text += "fact made.never : bool\nfact made.neither : bool\n";
    for number in 0..count {
        let then = format!(
            "n{} must within {} hours of order.received",
            number % 64,
            1 + number % 90
        );
        // Two facts in one conjunct: no key rules it out.
        let when = format!(
            "(made.i0 < 100 or made.i1 < 100) and order.received + {} minutes <= now",
            1 + number
        );
        text += &rule(number, "", &when, &then);
    }
    text
}

fn mixed(count: usize) -> String {
    let mut numbers = Numbers(7);
    let mut text = head(64);
    text += "enum Place territory { AT, BE, DE, ES, FR, IT, NL, PL, US }\nset EU : Place { AT, BE, DE, ES, FR, IT, NL, PL }\n\
        enum Kind { post, image, video, profile }\nfact made.place : Place\nfact made.scope : set of Place\n\
        fact made.kind : Kind\nfact made.kinds : set of Kind\nfact made.quiet : bool presumed false\n\
        event made.noticed\nevent made.answered\n";
    let mut last_duty = 0;
    for number in 0..count {
        // A duty that follows a missed one is on a norm of its own, so that no rule looks at itself.
        let (norm, follows) = (numbers.below(48), 48 + numbers.below(16));
        let hours = 1 + numbers.below(72);
        let (fact, bound) = (numbers.below(8), 20 + numbers.below(50));
        let picked = numbers.below(8);
        let known = numbers.below(8);
        let duty = format!("n{norm} must within {hours} hours of order.received");
        let only = format!("made.i{fact} < {}", 440 + bound);
        let (of, when, then) = match picked {
            0 => (
                String::new(),
                format!("{only} and (made.b{known} or made.kind is video)"),
                duty,
            ),
            1 => (
                String::new(),
                format!("{only} and made.kinds meets {{image, video}}"),
                format!("{duty} across EU"),
            ),
            2 => (
                String::new(),
                format!("{only} and not made.quiet and happened order.received"),
                duty,
            ),
            3 => (
                String::new(),
                format!("{only} and happened made.noticed"),
                format!("n{norm} must for {hours} hours from made.noticed"),
            ),
            4 => (
                String::new(),
                format!("{only} and made.place in EU minus {{FR}}"),
                format!("{duty} across made.scope intersect EU"),
            ),
            5 if number > 0 => (
                format!(" exception to r{last_duty}"),
                format!("made.b{known}"),
                "lifted".to_string(),
            ),
            6 if number > 0 => (
                String::new(),
                format!("{only} and missed r{last_duty}"),
                format!("n{follows} must within {hours} hours of order.received"),
            ),
            _ => (
                String::new(),
                format!("{only} and order.received + {hours} hours <= now"),
                format!("n{norm} must without undue delay from order.received"),
            ),
        };
        if picked < 3 {
            last_duty = number;
        }
        text += &rule(number, &of, &when, &then);
    }
    text
}

fn mixed_case(numbers: &mut Numbers) -> String {
    let places = ["AT", "BE", "DE", "ES", "FR", "IT", "NL", "PL", "US"];
    let kinds = ["post", "image", "video", "profile"];
    let plain = plain_case(numbers);
    let said = format!(
        ",\"place\":\"{}\",\"scope\":[\"{}\",\"{}\"],\"kind\":\"{}\",\"kinds\":[\"{}\"],\"noticed\":\"2026-09-04T15:25:00+02:00\"}}}}",
        places[numbers.below(9)],
        places[numbers.below(4)],
        places[4 + numbers.below(5)],
        kinds[numbers.below(4)],
        kinds[numbers.below(4)],
    );
    plain.trim_end_matches("}}").to_string() + &said
}
