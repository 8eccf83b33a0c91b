//! A link by hand that has one of everything: the Ir that the pack tests compile.

use exequatur::check::ir::*;
use exequatur::model::*;
use exequatur::syntax::ast::Span;
use exequatur::time::Regime;

const HERE: Place = Place {
    file: 0,
    span: Span { start: 0, end: 0 },
};

fn text(words: &str) -> Text {
    Text {
        en: words.to_owned(),
        fr: format!("{words} (é)"),
    }
}

fn bits(members: &[u16]) -> Bits {
    let mut bits = Bits::EMPTY;
    for member in members {
        bits.insert(*member);
    }
    bits
}

fn pack(name: &str, status: PackStatus, applies: Option<Cond>) -> Pack {
    Pack {
        name: name.to_owned(),
        title: text(name),
        source: text("an instrument"),
        status,
        interval: Interval {
            from: 19_000,
            until: i32::MAX,
        },
        judged_by: Some(EventId(0)),
        zone: ZoneId(1),
        applies,
        dated: true,
        only_tries: false,
        place: HERE,
    }
}

fn enumeration(name: &str, members: &[&str]) -> Enum {
    Enum {
        name: name.to_owned(),
        pack: PackId(0),
        members: members
            .iter()
            .map(|name| Member {
                name: (*name).to_owned(),
                label: text(name),
            })
            .collect(),
        place: HERE,
    }
}

fn fact(name: &str, ty: Type, presumed: Option<Value>) -> Fact {
    Fact {
        name: name.to_owned(),
        pack: PackId(0),
        ty,
        presumed,
        ask: text("?"),
        place: HERE,
    }
}

fn event(name: &str) -> Event {
    Event {
        name: name.to_owned(),
        pack: PackId(0),
        ask: text("when?"),
        place: HERE,
    }
}

fn norm(name: &str, member: Option<(EnumId, u16)>, guards: Vec<Cond>) -> Norm {
    Norm {
        name: name.to_owned(),
        pack: PackId(0),
        member,
        bearer: "provider".to_owned(),
        action: name.to_owned(),
        object: "content".to_owned(),
        title: text(name),
        done_at: Some(EventId(1)),
        broken_at: None,
        default: if guards.is_empty() {
            Outcome::None
        } else {
            Outcome::MustNot
        },
        guards,
        place: HERE,
    }
}

pub fn effect(norm: u16, kind: Kind) -> Effect {
    Effect {
        norm: NormId(norm),
        member: None,
        kind,
        windows: Vec::new(),
        unfolded: false,
        across: Across::Everywhere,
        up_to: None,
        alternatives: Vec::new(),
        zone: ZoneId(1),
        place: HERE,
    }
}

pub fn version(rule: u16, base: Option<u16>, overrides: &[u16], effects: Vec<Effect>) -> Version {
    Version {
        rule: RuleId(rule),
        interval: Interval::ALWAYS,
        base: base.map(RuleId),
        inherits: true,
        overrides: overrides.iter().copied().map(RuleId).collect(),
        when: Some(Cond::Bool(FactId(0))),
        effects,
        title: Text::default(),
        cites: vec![(text("art. 1"), Verification::Verified)],
        reason: text("because"),
        untranslated: vec![text("the rest")],
        place: HERE,
    }
}

fn within(n: u32, unit: Unit, counting: u16, anchor: Anchor) -> Window {
    Window {
        kind: WindowKind::Within,
        period: Some((Period { n, unit }, CountingId(counting))),
        anchor,
    }
}

fn calendar(name: &str, years: Option<(i32, i32)>, holidays: &[(i32, u16)]) -> Calendar {
    Calendar {
        name: name.to_owned(),
        zone: years.map(|_| ZoneId(1)),
        weekend: years.map_or(0, |_| 0b110_0000),
        years,
        holidays: holidays.to_vec(),
        names: match holidays {
            [] => vec![],
            _ => vec![text("New Year"), text("Labour Day")],
        },
        place: HERE,
    }
}

fn counting(regime: Regime, calendar: Option<Choice>, by: Option<ChooserId>) -> Counting {
    Counting {
        regime,
        rollover: regime != Regime::UsFrcp6,
        calendar,
        zone_by: [by, None],
        zone: ZoneId(1),
    }
}

/// Enumerations 0 `Country` (the territory) and 1 `Data`; norms 0 `takedown`, 1 `fine`, 2 and 3 `disclose`; rules
/// `a.law/`: 0 `removal`, 1 `clarification`, 2 `fine`, 3 `disclosure`, 4 `strict`; `b.said/`: 5 `faster`.
pub fn sample() -> Ir {
    let instant = |base, offset| InstantOperand {
        base,
        offset,
        zone: ZoneId(1),
    };
    let guard = Cond::And(vec![
        Cond::Bool(FactId(0)),
        Cond::Happened {
            event: EventId(0),
            strict: true,
        },
    ]);
    let mut removal = version(0, None, &[], vec![effect(0, Kind::Must)]);
    removal.when = Some(Cond::Or(vec![
        Cond::Is(FactId(1), 2),
        Cond::In(FactId(1), SetExpr::Members(bits(&[0, 1])), 3),
        Cond::Meets(
            SetExpr::Fact(FactId(2)),
            SetExpr::Minus(
                Box::new(SetExpr::Set(SetId(0))),
                Box::new(SetExpr::Members(bits(&[2]))),
            ),
        ),
        Cond::Int(
            IntOperand::Fact(FactId(3)),
            Compare::Ge,
            IntOperand::Literal(3),
        ),
        Cond::Not(Box::new(Cond::Money(
            MoneyOperand::Fact(FactId(4)),
            Compare::Lt,
            MoneyOperand::Literal(Money {
                minor: 100,
                currency: Currency(*b"EUR"),
            }),
        ))),
        Cond::Instant(
            instant(InstantBase::Now, None),
            Compare::Lt,
            instant(
                InstantBase::Event(EventId(0)),
                Some((
                    false,
                    Period {
                        n: 12,
                        unit: Unit::Hour,
                    },
                )),
            ),
        ),
        Cond::Known(FactId(5)),
    ]));
    removal.effects[0].windows = vec![
        within(
            1,
            Unit::Hour,
            0,
            Anchor::Latest(vec![
                Anchor::Event(EventId(0)),
                Anchor::Earliest(vec![Anchor::Event(EventId(1)), Anchor::Fact(FactId(5))]),
            ]),
        ),
        Window {
            kind: WindowKind::AtLeastBefore,
            ..within(3, Unit::WorkingDay, 2, Anchor::Fact(FactId(5)))
        },
        Window {
            kind: WindowKind::UndueDelay,
            period: None,
            anchor: Anchor::Event(EventId(0)),
        },
    ];
    removal.effects[0].across = Across::Set(SetExpr::Set(SetId(0)));
    removal.effects[0].alternatives = vec![Alternative {
        window: within(2, Unit::Day, 1, Anchor::Event(EventId(0))),
        because: text("it is read so"),
    }];
    let mut later = removal.clone();
    removal.interval.until = 20_000;
    later.interval.from = 20_000;
    let mut clarification = version(1, Some(0), &[], vec![effect(0, Kind::Lifted)]);
    clarification.effects[0].across = Across::Base;
    let mut fine = version(2, None, &[], vec![effect(1, Kind::May)]);
    fine.when = Some(Cond::And(vec![
        Cond::Missed(RuleId(0), vec![NormId(0)]),
        Cond::Not(Box::new(Cond::Met(RuleId(0), vec![NormId(0)]))),
    ]));
    fine.effects[0].up_to = Some(Ceiling {
        terms: vec![
            CeilingTerm::Percent(400, FactId(4)),
            CeilingTerm::Amount(Money {
                minor: 5_000_000,
                currency: Currency(*b"EUR"),
            }),
        ],
        larger: true,
        per_day: false,
    });
    let mut disclosure = version(
        3,
        None,
        &[],
        vec![effect(2, Kind::Must), effect(3, Kind::Must)],
    );
    for (member, effect) in disclosure.effects.iter_mut().enumerate() {
        effect.member = Some((FactId(6), member as u16));
    }
    let mut strict = version(4, Some(0), &[], vec![effect(0, Kind::MustNot)]);
    strict.inherits = false;
    strict.effects[0].across = Across::Set(SetExpr::Members(bits(&[1])));
    strict.effects[0].windows = vec![Window {
        kind: WindowKind::Until,
        period: None,
        anchor: Anchor::Fact(FactId(5)),
    }];
    let faster = version(5, None, &[1], vec![effect(0, Kind::Must)]);
    let rule = |name: &str, pack: u16, versions: &[u16]| Rule {
        name: name.to_owned(),
        pack: PackId(pack),
        versions: versions.iter().copied().map(VersionId).collect(),
    };
    let version_step = |id: u16| Step::Version(VersionId(id));
    let norm_step = |id: u16| Step::Norm(NormId(id));
    Ir {
        packs: vec![
            pack("a.law", PackStatus::Law, Some(Cond::Bool(FactId(0)))),
            pack("b.said", PackStatus::Announced, None),
        ],
        enums: vec![
            enumeration("Country", &["FR", "DE", "BE"]),
            enumeration("Data", &["subscriber", "traffic"]),
        ],
        territory: Some(EnumId(0)),
        sets: vec![Set {
            name: "EU".to_owned(),
            pack: PackId(0),
            of: EnumId(0),
            versions: vec![
                (
                    Interval {
                        from: 10_000,
                        until: 18_000,
                    },
                    bits(&[0, 1, 2]),
                ),
                (
                    Interval {
                        from: 18_000,
                        until: i32::MAX,
                    },
                    bits(&[0, 1]),
                ),
            ],
            place: HERE,
        }],
        facts: vec![
            fact("order.valid", Type::Bool, None),
            fact(
                "order.country",
                Type::Enum(EnumId(0)),
                Some(Value::Member(1)),
            ),
            fact(
                "provider.offers",
                Type::SetOf(EnumId(0)),
                Some(Value::Members(bits(&[0, 2]))),
            ),
            fact("offence.years", Type::Int(0, 100), Some(Value::Int(3))),
            fact(
                "provider.turnover",
                Type::Money,
                Some(Value::Money(Money {
                    minor: 1,
                    currency: Currency(*b"JPY"),
                })),
            ),
            fact("order.deadline", Type::Instant, None),
            fact("order.data", Type::SetOf(EnumId(1)), None),
        ],
        events: vec![event("order.received_at"), event("content.removed")],
        // 1 January and 1 May 2023, 1 January 2024; of `FR` and `DE` nobody wrote anything.
        calendars: vec![
            calendar(
                "BE",
                Some((2023, 2032)),
                &[(19_358, 0), (19_478, 1), (19_723, 0)],
            ),
            calendar("DE", None, &[]),
            calendar("FR", None, &[]),
        ],
        choosers: vec![Chooser {
            fact: FactId(1),
            calendars: vec![CalendarId(2), CalendarId(1), CalendarId(0)],
        }],
        countings: vec![
            counting(Regime::Elapsed, None, None),
            counting(
                Regime::Eu1182_71,
                Some(Choice::By(ChooserId(0))),
                Some(ChooserId(0)),
            ),
            counting(Regime::UsFrcp6, Some(Choice::Named(CalendarId(0))), None),
        ],
        norms: vec![
            norm("takedown", None, vec![]),
            norm("fine", None, vec![]),
            norm("disclose", Some((EnumId(1), 0)), vec![guard.clone()]),
            norm(
                "disclose",
                Some((EnumId(1), 1)),
                vec![guard, Cond::Bool(FactId(0))],
            ),
        ],
        rules: vec![
            rule("removal", 0, &[0, 1]),
            rule("clarification", 0, &[2]),
            rule("fine", 0, &[3]),
            rule("disclosure", 0, &[4]),
            rule("strict", 0, &[5]),
            rule("faster", 1, &[6]),
        ],
        versions: vec![
            removal,
            later,
            clarification,
            fine,
            disclosure,
            strict,
            faster,
        ],
        zones: vec![
            Zone {
                name: "UTC".to_owned(),
                place: None,
            },
            Zone {
                name: "Europe/Brussels".to_owned(),
                place: Some(HERE),
            },
        ],
        properties: vec![Property {
            pack: PackId(0),
            always: false,
            norms: vec![NormId(2), NormId(3)],
            outcome: Outcome::Must,
            unless: true,
            cond: Some(Cond::Bool(FactId(0))),
            text: "never disclose must unless order.valid".to_owned(),
            place: HERE,
        }],
        scenarios: vec![],
        schedule: vec![
            version_step(0),
            version_step(1),
            version_step(2),
            version_step(5),
            version_step(6),
            norm_step(0),
            version_step(3),
            norm_step(1),
            version_step(4),
            norm_step(2),
            norm_step(3),
        ],
    }
}
