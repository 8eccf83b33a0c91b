//! What the nodes and operands of a condition are, by number.

use crate::model::numbered::numbered;

numbered! {
    /// What a condition node does. Operands stand before their operator.
    Op {
        /// All of the `a` subtrees before it.
        And = 0,
        /// One of the `a` subtrees before it.
        Or = 1,
        /// Not the subtree before it.
        Not = 2,
        /// The boolean fact `a`.
        Bool = 3,
        /// The enumeration fact `a` is the member `b`.
        Is = 4,
        /// The enumeration fact `a`, with `c` members, is in the set expression `b`.
        In = 5,
        /// The set expressions `b` and `c` meet.
        Meets = 6,
        /// The integer operands `b` and `c` compare as `flag` says.
        Int = 7,
        /// The money operands `b` and `c` compare as `flag` says.
        Money = 8,
        /// The instant operands `b` and `c` compare as `flag` says.
        Instant = 9,
        /// The event `a` has happened.
        Happened = 10,
        /// The fact `a` is given.
        Known = 11,
        /// The rule `a` was missed on one of the norms `b`, `c` (ids in the lists).
        Missed = 12,
        /// The rule `a` was met on the norms `b`, `c` (ids in the lists).
        Met = 13,
    }
}

numbered! {
    /// What an operand is.
    OperandKind {
        /// The literal `value`: an integer, minor units, or an instant.
        Literal = 0,
        /// The fact `id`.
        Fact = 1,
        /// When the event `id` happened.
        Event = 2,
        /// The instant of the evaluation.
        Now = 3,
    }
}
