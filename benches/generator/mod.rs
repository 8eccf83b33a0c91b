//! A number of rules to rules of a fixed shape, and cases for them.
//!
//! Rules have 3 to 6 conjuncts over 24 facts: 8 booleans, 8 enumerations of 8 members, 8 integers. They demand that one of at most
//! 64 things is done within so many hours of the order. How likely a conjunct is depends on how many rules there are, so that
//! about five apply in each case, however many there are. Invariant: the same number always gives the same text and the
//! same cases, so that two runs, and two engines, measure the same.

/// How many rules apply in a case, on average, where there are enough of them.
const APPLY: f64 = 5.0;
/// Facts of each kind.
const OF_A_KIND: usize = 8;
/// Members of an enumeration.
const MEMBERS: usize = 8;
/// The first integer that no fact has.
const END: usize = 1_000;
/// Integers are compared with multiples of this.
const STEP: usize = 10;

/// A rule is made of these.
#[derive(Clone, Debug)]
pub enum Atom {
    /// A boolean fact, as it must be.
    Is(usize, bool),
    /// An enumeration and the members of which it must have one.
    OneOf(usize, Vec<usize>),
    /// An integer below a bound.
    Below(usize, usize),
    /// An integer from a bound on.
    From(usize, usize),
}

/// What a case says of each fact; `None` where it says nothing.
#[derive(Clone, Debug)]
pub struct Facts {
    pub bools: Vec<Option<bool>>,
    pub members: Vec<Option<usize>>,
    pub integers: Vec<Option<usize>>,
}

/// Numbers that look random and are the same in every run: splitmix64.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn some_of(&mut self, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..MEMBERS).collect();
        for index in 0..MEMBERS {
            let other = self.below(MEMBERS);
            all.swap(index, other);
        }
        all.truncate(count);
        all
    }
}

/// The conditions of so many rules.
pub fn rules(count: usize) -> Vec<Vec<Atom>> {
    let mut numbers = Numbers(count as u64);
    (0..count).map(|_| rule(&mut numbers, count)).collect()
}

fn rule(numbers: &mut Numbers, count: usize) -> Vec<Atom> {
    let mut left = (APPLY / count as f64).min(0.5);
    let atoms = 3 + numbers.below(4);
    let mut used = Vec::new();
    let mut made = Vec::new();
    while made.len() < atoms {
        let fact = numbers.below(3 * OF_A_KIND);
        // What this conjunct may let through, so that all of them come to what is left.
        let share = left.powf(1.0 / (atoms - made.len()) as f64);
        let coin = fact < OF_A_KIND && share < 0.35;
        if used.contains(&fact) || coin {
            continue;
        }
        used.push(fact);
        let (atom, lets_through) = atom(numbers, fact, share);
        left = (left / lets_through).min(1.0);
        made.push(atom);
    }
    made
}

fn atom(numbers: &mut Numbers, fact: usize, share: f64) -> (Atom, f64) {
    let number = fact % OF_A_KIND;
    match fact / OF_A_KIND {
        0 => (Atom::Is(number, numbers.below(2) == 1), 0.5),
        1 => {
            let members = ((share * MEMBERS as f64).round() as usize).clamp(1, MEMBERS - 1);
            let share = members as f64 / MEMBERS as f64;
            (Atom::OneOf(number, numbers.some_of(members)), share)
        }
        _ => {
            let steps = END / STEP;
            let bound = ((share * steps as f64).round() as usize).clamp(1, steps - 1) * STEP;
            let share = bound as f64 / END as f64;
            if numbers.below(2) == 0 {
                (Atom::Below(number, bound), share)
            } else {
                (Atom::From(number, END - bound), share)
            }
        }
    }
}

/// The rules as a pack.
pub fn pack(rules: &[Vec<Atom>]) -> String {
    let mut numbers = Numbers(0);
    let norms = (rules.len() / 4).clamp(4, 64);
    let mut text = String::from(
        "pack made\n  status law\n  judged by order.received\n  counting elapsed\n  zone \"Europe/Paris\"\n\
         event order.received\n",
    );
    for number in 0..OF_A_KIND {
        let members: Vec<String> = (0..MEMBERS).map(|member| format!("m{member}")).collect();
        text += &format!("enum e{number} {{ {} }}\n", members.join(", "));
        text += &format!("fact made.b{number} : bool\nfact made.e{number} : e{number}\n");
        text += &format!("fact made.i{number} : int 0..={}\n", END - 1);
    }
    for norm in 0..norms {
        text += &format!(
            "event finished.n{norm}\nnorm n{norm} : provider do thing{norm}  done at finished.n{norm}\n"
        );
    }
    for (number, atoms) in rules.iter().enumerate() {
        let atoms: Vec<String> = atoms.iter().map(written).collect();
        text += &format!(
            "rule r{number}\n  cites \"art. {number}\" recalled\n  when {}\n  then n{} must within {} hours of order.received\nend\n",
            atoms.join(" and "),
            numbers.below(norms),
            1 + numbers.below(72),
        );
    }
    text
}

fn written(atom: &Atom) -> String {
    match atom {
        Atom::Is(fact, true) => format!("made.b{fact}"),
        Atom::Is(fact, false) => format!("not made.b{fact}"),
        Atom::OneOf(fact, members) => {
            let members: Vec<String> = members.iter().map(|member| format!("m{member}")).collect();
            match members.as_slice() {
                [only] => format!("made.e{fact} is {only}"),
                several => format!("made.e{fact} in {{{}}}", several.join(", ")),
            }
        }
        Atom::Below(fact, bound) => format!("made.i{fact} < {bound}"),
        Atom::From(fact, bound) => format!("made.i{fact} >= {bound}"),
    }
}

/// Cases; of each fact `known` of 100 say something.
pub fn cases(count: usize, known: usize) -> Vec<Facts> {
    let mut numbers = Numbers(known as u64);
    let mut make = || {
        let mut say = |below: usize| {
            let value = numbers.below(below);
            (numbers.below(100) < known).then_some(value)
        };
        Facts {
            bools: (0..OF_A_KIND)
                .map(|_| say(2).map(|value| value == 1))
                .collect(),
            members: (0..OF_A_KIND).map(|_| say(MEMBERS)).collect(),
            integers: (0..OF_A_KIND).map(|_| say(END)).collect(),
        }
    };
    (0..count).map(|_| make()).collect()
}

impl Facts {
    /// The case as JSON.
    pub fn json(&self) -> String {
        let bools = self.bools.iter().enumerate();
        let bools =
            bools.filter_map(|(number, value)| Some(format!("\"b{number}\":{}", (*value)?)));
        let members = self.members.iter().enumerate();
        let members =
            members.filter_map(|(number, value)| Some(format!("\"e{number}\":\"m{}\"", (*value)?)));
        let integers = self.integers.iter().enumerate();
        let integers =
            integers.filter_map(|(number, value)| Some(format!("\"i{number}\":{}", (*value)?)));
        let facts: Vec<String> = bools.chain(members).chain(integers).collect();
        format!(
            "{{\"order\":{{\"received\":\"2026-09-04T15:20:00+02:00\"}},\"made\":{{{}}}}}",
            facts.join(",")
        )
    }

    /// True if all atoms hold, `None` if what is unknown leaves it open.
    pub fn hold(&self, atoms: &[Atom]) -> Option<bool> {
        let mut open = false;
        for atom in atoms {
            let holds = match atom {
                Atom::Is(fact, value) => self.bools[*fact].map(|own| own == *value),
                Atom::OneOf(fact, members) => self.members[*fact].map(|own| members.contains(&own)),
                Atom::Below(fact, bound) => self.integers[*fact].map(|own| own < *bound),
                Atom::From(fact, bound) => self.integers[*fact].map(|own| own >= *bound),
            };
            match holds {
                Some(false) => return Some(false),
                Some(true) => {}
                None => open = true,
            }
        }
        (!open).then_some(true)
    }
}
