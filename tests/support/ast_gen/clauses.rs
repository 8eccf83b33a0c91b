//! Sets, conditions, windows and effects.
use super::leaves::*;
use exequatur::syntax::ast::*;
use proptest::prelude::*;
use proptest::sample::select;

/// A set expression of any nesting.
pub fn set_expr() -> impl Strategy<Value = SetExpr> {
    let leaf = prop_oneof![
        words(0).prop_map(|names| SetExpr::Members(names, at())),
        name().prop_map(SetExpr::Name)
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        (inner.clone(), inner, 0..3).prop_map(|(a, b, op)| match op {
            0 => SetExpr::Union(Box::new(a), Box::new(b)),
            1 => SetExpr::Intersect(Box::new(a), Box::new(b)),
            _ => SetExpr::Minus(Box::new(a), Box::new(b)),
        })
    })
}

pub fn target_of() -> impl Strategy<Value = TargetOf> {
    prop_oneof![
        words(1).prop_map(TargetOf::Members),
        name().prop_map(TargetOf::Name)
    ]
}

pub fn target() -> impl Strategy<Value = Target> {
    (name(), prop::option::of(target_of())).prop_map(|(norm, of)| Target {
        norm,
        of,
        span: at(),
    })
}

fn operand() -> impl Strategy<Value = Operand> {
    let offset = || {
        prop::option::of(
            (any::<bool>(), period()).prop_map(|(minus, period)| Offset { minus, period }),
        )
    };
    prop_oneof![
        int().prop_map(Operand::Int),
        money().prop_map(Operand::Money),
        instant().prop_map(Operand::Instant),
        offset().prop_map(|offset| Operand::Now(offset, at())),
        (name(), offset()).prop_map(|(name, offset)| Operand::Name(name, offset)),
    ]
}

fn atom() -> impl Strategy<Value = Cond> {
    let ops = [CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];
    prop_oneof![
        3 => name().prop_map(Cond::Name),
        1 => (name(), any::<bool>(), value()).prop_map(|(fact, negated, value)| Cond::Is { fact, negated, value }),
        1 => (name(), set_expr()).prop_map(|(fact, set)| Cond::In(fact, set)),
        1 => (name(), word()).prop_map(|(fact, member)| Cond::Includes(fact, member)),
        1 => (name(), set_expr()).prop_map(|(fact, set)| Cond::Meets(fact, set)),
        1 => (operand(), select(ops.to_vec()), operand()).prop_map(|(a, op, b)| Cond::Compare(a, op, b)),
        1 => name().prop_map(|name| Cond::Happened(name, at())),
        1 => name().prop_map(|name| Cond::Known(name, at())),
        1 => (name(), prop::option::of(target())).prop_map(|(rule, on)| Cond::Missed(rule, on, at())),
        1 => (name(), prop::option::of(target())).prop_map(|(rule, on)| Cond::Met(rule, on, at())),
    ]
}

/// A condition of any nesting.
pub fn condition() -> impl Strategy<Value = Cond> {
    atom().prop_recursive(4, 16, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            several().prop_map(Cond::And),
            several().prop_map(Cond::Or),
            inner
                .clone()
                .prop_map(|inner| Cond::Not(Box::new(inner), at())),
        ]
    })
}

fn anchor() -> impl Strategy<Value = Anchor> {
    name()
        .prop_map(Anchor::Name)
        .prop_recursive(3, 6, 3, |inner| {
            (prop::collection::vec(inner, 1..4), any::<bool>()).prop_map(|(anchors, latest)| {
                if latest {
                    Anchor::Latest(anchors, at())
                } else {
                    Anchor::Earliest(anchors, at())
                }
            })
        })
}

fn of_kind(kind: impl Strategy<Value = WindowKind>) -> impl Strategy<Value = Window> {
    kind.prop_map(|kind| Window { kind, span: at() })
}

fn lasting() -> impl Strategy<Value = Window> {
    of_kind(prop_oneof![
        (period(), anchor()).prop_map(|(p, a)| WindowKind::For(p, a)),
        anchor().prop_map(WindowKind::Until),
    ])
}

fn window() -> impl Strategy<Value = Window> {
    of_kind(
        (0..10, period(), anchor()).prop_map(|(kind, p, a)| match kind {
            0 => WindowKind::Within(p, a),
            1 => WindowKind::InLessThan(p, a),
            2 => WindowKind::By(a),
            3 => WindowKind::NoEarlier(p, a),
            4 => WindowKind::AtEnd(p, a),
            5 => WindowKind::For(p, a),
            6 => WindowKind::Until(a),
            7 => WindowKind::UndueDelay(a),
            8 => WindowKind::Expeditiously(a),
            _ => WindowKind::AtLeastBefore(p, a),
        }),
    )
}

fn ceiling() -> impl Strategy<Value = Ceiling> {
    let percent = prop_oneof![0u32..1000, Just(400), Just(50), Just(1_000_000_000)];
    let term = prop_oneof![
        money().prop_map(CeilingTerm::Amount),
        (percent, name()).prop_map(|(basis_points, of)| CeilingTerm::Percent {
            basis_points,
            of,
            span: at()
        }),
    ];
    let choose = select(&[Choose::Larger, Choose::Smaller][..]);
    (prop::collection::vec(term, 1..4), choose, any::<bool>()).prop_map(
        |(terms, choose, per_day)| Ceiling {
            terms,
            choose,
            per_day,
            span: at(),
        },
    )
}

fn alternative() -> impl Strategy<Value = Alternative> {
    (window(), prop::option::of(word()), text()).prop_map(|(window, counting, because)| {
        Alternative {
            window,
            counting,
            because,
            span: at(),
        }
    })
}

/// An effect with any of its modifiers.
pub fn effect() -> impl Strategy<Value = Effect> {
    let value = prop_oneof![
        prop::collection::vec(window(), 0..3).prop_map(EffectValue::Must),
        prop::option::of(window()).prop_map(EffectValue::May),
        prop::option::of(lasting()).prop_map(EffectValue::MustNot),
        Just(EffectValue::Lifted),
    ];
    let what = prop_oneof![
        4 => (target(), value).prop_map(|(target, value)| (Some(target), value)),
        1 => Just((None, EffectValue::Lifted)),
    ];
    let alternatives = prop::collection::vec(alternative(), 0..2);
    (
        what,
        prop::option::of(set_expr()),
        prop::option::of(ceiling()),
        alternatives,
    )
        .prop_map(|((target, value), across, up_to, alternatives)| Effect {
            target,
            value,
            across,
            up_to,
            alternatives,
            span: at(),
        })
}
