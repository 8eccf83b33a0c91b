//! What the nodes and operands of a condition are, by number.

/// What a condition node does. Operands stand before their operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Op {
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

impl Op {
    /// The one with this number.
    #[must_use]
    pub const fn from_u8(number: u8) -> Option<Op> {
        Some(match number {
            0 => Op::And,
            1 => Op::Or,
            2 => Op::Not,
            3 => Op::Bool,
            4 => Op::Is,
            5 => Op::In,
            6 => Op::Meets,
            7 => Op::Int,
            8 => Op::Money,
            9 => Op::Instant,
            10 => Op::Happened,
            11 => Op::Known,
            12 => Op::Missed,
            13 => Op::Met,
            _ => return None,
        })
    }
}

/// What an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum OperandKind {
    /// The literal `value`: an integer, minor units, or an instant.
    Literal = 0,
    /// The fact `id`.
    Fact = 1,
    /// When the event `id` happened.
    Event = 2,
    /// The instant of the evaluation.
    Now = 3,
}

impl OperandKind {
    /// The one with this number.
    #[must_use]
    pub const fn from_u8(number: u8) -> Option<OperandKind> {
        Some(match number {
            0 => OperandKind::Literal,
            1 => OperandKind::Fact,
            2 => OperandKind::Event,
            3 => OperandKind::Now,
            _ => return None,
        })
    }
}
