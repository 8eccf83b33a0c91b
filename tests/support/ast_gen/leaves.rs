//! Names, texts and literals.
use exequatur::syntax::ast::*;
use proptest::prelude::*;
use proptest::sample::select;

/// Words that mean something in their place only, and words with accents, among plain ones.
const WORDS: &[&str] = &[
    "a",
    "b",
    "judge",
    "court",
    "traffic",
    "none",
    "law",
    "verified",
    "hours",
    "undue",
    "delay",
    "territory",
    "elapsed",
    "covers",
    "weekend",
    "holiday",
    "change",
    "human",
    "working",
    "rollover",
    "date",
    "en",
    "fr",
    "unknown",
    "less",
    "than",
    "day",
    "FR",
    "EUR",
    "AT",
    "_x1",
    "émis",
    "requête_été",
    "判決",
    "Σύνολο",
    "ünder9",
];
const KEYWORDS_AFTER_DOT: &[&str] = &[
    "at", "end", "rule", "not", "in", "true", "must", "pack", "or", "until",
];

pub fn at() -> Span {
    Span::default()
}

pub fn word() -> impl Strategy<Value = Name> + Clone {
    select(WORDS).prop_map(|word| Name {
        text: word.to_string(),
        span: at(),
    })
}

fn path() -> impl Strategy<Value = String> {
    let more = prop_oneof![select(WORDS), select(KEYWORDS_AFTER_DOT)];
    (select(WORDS), prop::collection::vec(more, 0..3)).prop_map(|(first, more)| {
        more.iter()
            .fold(first.to_string(), |path, word| format!("{path}.{word}"))
    })
}

pub fn name() -> impl Strategy<Value = Name> {
    (prop::option::weighted(0.1, path()), path()).prop_map(|(pack, path)| {
        let text = pack.map_or(path.clone(), |pack| format!("{pack}/{path}"));
        Name { text, span: at() }
    })
}

pub fn words(least: usize) -> impl Strategy<Value = Vec<Name>> {
    prop::collection::vec(word(), least..5)
}

fn wording() -> impl Strategy<Value = String> {
    let pieces = select(
        &[
            "",
            "art. 3(3)",
            "\"",
            "\\",
            "\n",
            "é ",
            "# no comment",
            "a long sentence that says much ",
            "{",
            "\t",
        ][..],
    );
    prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

pub fn bare() -> impl Strategy<Value = Text> {
    wording().prop_map(|en| Text {
        en,
        fr: None,
        span: at(),
    })
}

pub fn text() -> impl Strategy<Value = Text> {
    (wording(), prop::option::of(wording())).prop_map(|(en, fr)| Text { en, fr, span: at() })
}

pub fn date() -> impl Strategy<Value = Date> {
    (0u16..=9999, 0u8..=99, 0u8..=99).prop_map(|(year, month, day)| Date {
        year,
        month,
        day,
        span: at(),
    })
}

pub fn instant() -> impl Strategy<Value = Instant> {
    select(
        &[
            "2026-05-16T23:30+02:00",
            "2026-05-16T21:30Z",
            "2026-05-16T21:30:05Z",
            "2026-05-16T21:30:05.123456-11:30",
        ][..],
    )
    .prop_map(|text| Instant {
        text: text.to_string(),
        span: at(),
    })
}

pub fn int() -> impl Strategy<Value = Int> {
    prop_oneof![-5i64..500, any::<i64>()].prop_map(|value| Int { value, span: at() })
}

pub fn money() -> impl Strategy<Value = Money> {
    (
        select(&["0", "250000", "0.50", "-12.5", "999999999999999999"][..]),
        select(&["EUR", "USD"][..]),
    )
        .prop_map(|(amount, currency)| Money {
            amount: amount.to_string(),
            currency: currency.to_string(),
            span: at(),
        })
}

pub fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(|b| Value::Bool(b, at())),
        word().prop_map(Value::Member),
        words(0).prop_map(|names| Value::Members(names, at())),
        int().prop_map(Value::Int),
        money().prop_map(Value::Money),
        instant().prop_map(Value::Instant),
    ]
}

pub fn in_force() -> impl Strategy<Value = InForce> {
    (date(), prop::option::of(date())).prop_map(|(from, until)| InForce {
        from,
        until,
        span: at(),
    })
}

pub fn counting() -> impl Strategy<Value = Counting> {
    let calendar = prop_oneof![
        name().prop_map(CalendarRef::Named),
        name().prop_map(CalendarRef::ByFact)
    ];
    (
        prop::option::of((word(), any::<bool>())),
        prop::option::of(bare()),
        prop::option::of(calendar),
    )
        .prop_map(|(regime, zone, calendar)| {
            let (regime, no_rollover) =
                regime.map_or((None, false), |(regime, no)| (Some(regime), no));
            Counting {
                regime,
                no_rollover,
                zone,
                calendar,
            }
        })
}

pub fn deontic() -> impl Strategy<Value = Deontic> {
    select(&[Deontic::Must, Deontic::May, Deontic::MustNot][..])
}

pub fn period() -> impl Strategy<Value = Period> {
    let units = [
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::WorkingDay,
        Unit::Week,
        Unit::Month,
        Unit::Year,
    ];
    (prop_oneof![0i64..4, Just(i64::MAX)], select(units.to_vec())).prop_map(|(value, unit)| {
        Period {
            n: Int { value, span: at() },
            unit,
            span: at(),
        }
    })
}
