//! The rules for cedar-policy: one `permit` a rule over the attributes of the context, all in one policy set.
//!
//! Nothing forbids, so that the policies that determine the answer are exactly those whose condition holds: they are the
//! rules that apply. A case is a request, made beforehand; the text is read by the crate into a context, of which a
//! request is made. All rules are asked: the crate has no index over conditions, and buckets would have to be sets of
//! policies.

use crate::engine::{Engine, Failure, Form, Known, quoted};
use crate::generator::{Atom, Facts};
use cedar_policy::{
    Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request, Response,
};
use std::hint::black_box;

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    someone: EntityUid,
    cases: Vec<Request>,
    texts: Vec<String>,
}

/// The rules as an engine.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    let mut policies = PolicySet::new();
    for (number, atoms) in rules.iter().enumerate() {
        let atoms: Vec<String> = atoms.iter().map(written).collect();
        let text = format!(
            "permit(principal, action, resource) when {{ {} }};",
            atoms.join(" && ")
        );
        policies.add(Policy::parse(
            Some(PolicyId::new(number.to_string())),
            text,
        )?)?;
    }
    Ok(Box::new(Cedar {
        authorizer: Authorizer::new(),
        policies,
        entities: Entities::empty(),
        someone: "Any::\"one\"".parse()?,
        cases: Vec::new(),
        texts: Vec::new(),
    }))
}

fn written(atom: &Atom) -> String {
    match atom {
        Atom::Is(fact, true) => format!("context.b{fact}"),
        Atom::Is(fact, false) => format!("!context.b{fact}"),
        Atom::OneOf(fact, members) => match members.as_slice() {
            [only] => format!("context.e{fact} == \"m{only}\""),
            several => format!("[{}].contains(context.e{fact})", quoted(several)),
        },
        Atom::Below(fact, bound) => format!("context.i{fact} < {bound}"),
        Atom::From(fact, bound) => format!("context.i{fact} >= {bound}"),
    }
}

impl Cedar {
    fn request(&self, text: &str) -> Result<Request, Failure> {
        let (one, context) = (&self.someone, Context::from_json_str(text, None)?);
        Ok(Request::new(
            one.clone(),
            one.clone(),
            one.clone(),
            context,
            None,
        )?)
    }

    fn answer(&self, case: usize, form: Form) -> Result<Response, Failure> {
        let read;
        let request = match form {
            Form::Own => &self.cases[case],
            Form::Text => {
                read = self.request(&self.texts[case])?;
                &read
            }
        };
        Ok(self
            .authorizer
            .is_authorized(request, &self.policies, &self.entities))
    }
}

impl Engine for Cedar {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let text = Known::of(facts)?.json();
            self.cases.push(self.request(&text)?);
            self.texts.push(text);
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        black_box(self.answer(case, form).expect("cedar-policy decides"));
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        let answer = self.answer(case, form).expect("cedar-policy decides");
        assert_eq!(answer.diagnostics().errors().count(), 0, "case {case}");
        let numbers = answer
            .diagnostics()
            .reason()
            .map(|id| id.to_string().parse());
        let mut applying: Vec<u32> = numbers
            .collect::<Result<_, _>>()
            .expect("policies are named by numbers");
        applying.sort_unstable();
        applying
    }
}
