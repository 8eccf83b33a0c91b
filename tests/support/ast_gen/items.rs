//! Declarations and files.
use super::clauses::*;
use super::leaves::*;
use exequatur::syntax::ast::*;
use proptest::prelude::*;
use proptest::sample::select;

fn fact_type() -> impl Strategy<Value = Type> {
    prop_oneof![
        Just(Type::Bool),
        Just(Type::Money),
        Just(Type::Instant),
        name().prop_map(Type::Enum),
        name().prop_map(Type::SetOf),
        (int(), int()).prop_map(|(low, high)| Type::Int(low, high)),
    ]
}

fn enumeration() -> impl Strategy<Value = EnumDecl> {
    let member = (word(), prop::option::weighted(0.3, text()))
        .prop_map(|(name, label)| Member { name, label });
    (word(), any::<bool>(), prop::collection::vec(member, 1..30)).prop_map(
        |(name, territory, members)| EnumDecl {
            name,
            territory,
            members,
        },
    )
}

fn constant() -> impl Strategy<Value = SetDecl> {
    (
        word(),
        name(),
        prop::collection::vec(word(), 1..40),
        prop::option::of(in_force()),
    )
        .prop_map(|(name, of, members, in_force)| SetDecl {
            name,
            of,
            members,
            in_force,
        })
}

fn norm() -> impl Strategy<Value = NormDecl> {
    let guard = (prop::option::of(target_of()), condition()).prop_map(|(of, by)| Guard {
        of,
        by,
        span: at(),
    });
    let head = (name(), prop::option::of(name()), word(), word(), word());
    let body = (
        prop::option::of(text()),
        prop::option::of(name()),
        prop::option::of(name()),
        prop::option::of(deontic()),
        prop::collection::vec(guard, 0..3),
    );
    (head, body).prop_map(
        |(
            (name, family, bearer, action, object),
            (title, done_at, broken_at, default, protected),
        )| NormDecl {
            name,
            family,
            bearer,
            action,
            object,
            title,
            done_at,
            broken_at,
            default: default.map(|d| (d, at())),
            protected,
        },
    )
}

fn rule() -> impl Strategy<Value = RuleDecl> {
    let cite = (text(), prop::option::of(word())).prop_map(|(article, how)| Cite {
        article,
        how,
        span: at(),
    });
    let head = (
        name(),
        prop::option::of((name(), any::<bool>())),
        prop::collection::vec(name(), 0..3),
        prop::option::of(text()),
    );
    let body = (
        prop::collection::vec(cite, 0..3),
        prop::option::of(in_force()),
        counting(),
        prop::option::of(condition()),
        prop::collection::vec(effect(), 0..3),
        prop::option::of(text()),
        prop::collection::vec(text(), 0..2),
    );
    (head, body).prop_map(
        |(
            (name, base, overrides, title),
            (cites, in_force, counting, when, then, reason, untranslated),
        )| {
            let (exception_to, regardless) =
                base.map_or((None, false), |(base, regardless)| (Some(base), regardless));
            RuleDecl {
                name,
                exception_to,
                regardless,
                overrides,
                title,
                cites,
                in_force,
                counting,
                when,
                then,
                reason,
                untranslated,
            }
        },
    )
}

fn property() -> impl Strategy<Value = PropertyDecl> {
    let cond =
        (any::<bool>(), condition()).prop_map(|(unless, cond)| PropertyCond { unless, cond });
    (any::<bool>(), target(), deontic(), prop::option::of(cond)).prop_map(
        |(always, target, outcome, condition)| PropertyDecl {
            always,
            target,
            outcome,
            condition,
        },
    )
}

fn calendar() -> impl Strategy<Value = CalendarDecl> {
    (
        name(),
        prop::option::of(bare()),
        words(0),
        prop::option::of((int(), int())),
        prop::collection::vec((date(), prop::option::of(text())), 0..4),
    )
        .prop_map(|(name, zone, weekend, covers, holidays)| CalendarDecl {
            name,
            zone,
            weekend,
            covers,
            holidays,
        })
}

fn given() -> impl Strategy<Value = Given> {
    let kind = prop_oneof![
        any::<bool>().prop_map(GivenKind::Bool),
        value().prop_map(GivenKind::Is),
        instant().prop_map(GivenKind::At),
        Just(GivenKind::Unknown),
        Just(GivenKind::NotHappened),
    ];
    (name(), kind).prop_map(|(name, kind)| Given {
        name,
        kind,
        span: at(),
    })
}

fn expectation() -> impl Strategy<Value = Expect> {
    let outcomes = [
        ExpectOutcome::Must,
        ExpectOutcome::May,
        ExpectOutcome::MustNot,
        ExpectOutcome::None,
        ExpectOutcome::Undetermined,
        ExpectOutcome::Conflict,
    ];
    let status = select(&["waiting", "running", "met", "met_late", "open", "unknown"][..])
        .prop_map(|word| Name {
            text: word.to_string(),
            span: at(),
        });
    let norm = (
        target(),
        select(outcomes.to_vec()),
        prop::option::of(instant()),
        prop::option::of((any::<bool>(), instant())),
        prop::option::of(status),
        prop::option::of(name()),
        prop::option::of(set_expr()),
        prop::option::of((money(), any::<bool>())),
    )
        .prop_map(
            |(target, outcome, due, alternative, status, by, across, up_to)| {
                ExpectKind::Norm(Box::new(ExpectNorm {
                    target,
                    outcome,
                    due,
                    alternative,
                    status,
                    by,
                    across,
                    up_to,
                }))
            },
        );
    let kind = prop_oneof![
        4 => norm,
        1 => name().prop_map(ExpectKind::Missing),
        1 => name().prop_map(ExpectKind::Assumed),
        1 => prop::option::of(name()).prop_map(ExpectKind::NeedsHuman),
        1 => target().prop_map(ExpectKind::ConflictOn),
        1 => Just(ExpectKind::NeedsNobody),
        1 => prop::option::of(instant()).prop_map(ExpectKind::NextChange),
    ];
    kind.prop_map(|kind| Expect { kind, span: at() })
}

/// None, one or both of the two service levels: each is said once.
fn levels() -> impl Strategy<Value = Vec<ServiceLevel>> {
    const UNITS: [&str; 5] = ["microseconds", "seconds", "minutes", "hours", "day"];
    let level = |undue_delay| {
        (int(), select(&UNITS[..])).prop_map(move |(n, unit)| ServiceLevel {
            undue_delay,
            n,
            unit: Name {
                text: unit.to_string(),
                span: at(),
            },
            span: at(),
        })
    };
    (
        prop::option::of(level(true)),
        prop::option::of(level(false)),
    )
        .prop_map(|(first, second)| first.into_iter().chain(second).collect())
}

fn scenario() -> impl Strategy<Value = ScenarioDecl> {
    (
        text(),
        prop::option::of(date()),
        prop::collection::vec(name(), 0..3),
        levels(),
        prop::collection::vec(given(), 0..5),
        instant(),
        prop::collection::vec(expectation(), 0..4),
    )
        .prop_map(
            |(title, law_date, adopt, levels, given, at, expect)| ScenarioDecl {
                title,
                law_date,
                adopt,
                levels,
                given,
                at,
                expect,
            },
        )
}

/// One declaration of any kind.
pub fn item() -> impl Strategy<Value = Item> {
    let kind = prop_oneof![
        name().prop_map(ItemKind::Use),
        enumeration().prop_map(ItemKind::Enum),
        constant().prop_map(ItemKind::Set),
        (
            name(),
            fact_type(),
            prop::option::of(value()),
            prop::option::of(text())
        )
            .prop_map(|(name, ty, presumed, ask)| ItemKind::Fact(FactDecl {
                name,
                ty,
                presumed,
                ask
            })),
        (name(), prop::option::of(text()))
            .prop_map(|(name, ask)| ItemKind::Event(EventDecl { name, ask })),
        (name(), condition()).prop_map(|(name, when)| ItemKind::Define(DefineDecl { name, when })),
        norm().prop_map(ItemKind::Norm),
        rule().prop_map(|rule| ItemKind::Rule(Box::new(rule))),
        property().prop_map(ItemKind::Property),
        calendar().prop_map(ItemKind::Calendar),
        scenario().prop_map(|scenario| ItemKind::Scenario(Box::new(scenario))),
    ];
    kind.prop_map(|kind| Item { kind, span: at() })
}

fn header() -> impl Strategy<Value = PackHeader> {
    (
        name(),
        prop::option::of(text()),
        prop::option::of(text()),
        prop::option::of(word()),
        prop::option::of(in_force()),
        prop::option::of(name()),
        counting(),
        prop::option::of(condition()),
    )
        .prop_map(
            |(name, title, source, status, in_force, judged_by, counting, applies)| PackHeader {
                name,
                title,
                source,
                status,
                in_force,
                judged_by,
                counting,
                applies,
                span: at(),
            },
        )
}

/// A whole file.
pub fn file() -> impl Strategy<Value = File> {
    (header(), prop::collection::vec(item(), 0..6)).prop_map(|(pack, items)| File {
        pack,
        items,
        comments: Comments::default(),
    })
}
