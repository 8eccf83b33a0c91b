//! Definitions to conditions, each after those that it needs.
//!
//! Invariant: a definition that needs itself stands for nothing, and is reported once for each circle.

use std::collections::BTreeSet;

use super::codes;
use super::conditions::{Position, Reader};
use super::graph;
use super::link::{DefineId, Link, Symbol};
use super::operands::counts_days;
use super::report::FileDiagnostic;
use super::walk;
use crate::syntax::ast::{self, Name};

impl Link<'_> {
    /// Resolves every definition.
    pub(super) fn resolve_defines(&mut self) {
        let needs: Vec<Vec<usize>> = self
            .defines
            .iter()
            .map(|info| {
                let mut names = Vec::new();
                names_in(&info.decl.when, &mut names);
                let found: BTreeSet<usize> = names
                    .into_iter()
                    .flat_map(|name| self.definitions_of(info.pack, name))
                    .map(|define| define.0)
                    .collect();
                found.into_iter().collect()
            })
            .collect();
        let order = graph::order(&needs);
        for cycle in &order.cycles {
            self.define_cycle(cycle);
        }
        let in_cycle: BTreeSet<usize> = order.cycles.iter().flatten().copied().collect();
        for index in order.order {
            if in_cycle.contains(&index) {
                continue;
            }
            let (pack, decl) = (self.defines[index].pack, self.defines[index].decl);
            let reader = Reader::of_pack(self, pack, Position::Define);
            let cond = reader.whole(&decl.when, decl.name.span);
            let counts = needs[index]
                .iter()
                .any(|needed| self.defines[*needed].counts_days)
                || cond.as_ref().is_some_and(walk_counts_days);
            let info = &mut self.defines[index];
            info.atoms = cond.as_ref().map_or(0, |cond| walk::size(cond).atoms);
            info.cond = cond;
            info.counts_days = counts;
        }
    }

    /// The definition that a name means, if it means one: own names come first.
    fn definitions_of(&self, from: crate::model::PackId, name: &Name) -> Option<DefineId> {
        match self.peek(from, &name.text).first() {
            Some(Symbol::Define(define)) => Some(*define),
            _ => None,
        }
    }

    fn define_cycle(&self, cycle: &[usize]) {
        let Some(first) = cycle.first().map(|index| &self.defines[*index]) else {
            return;
        };
        let mut path: Vec<String> = cycle
            .iter()
            .map(|index| format!("`{}`", self.defines[*index].decl.name.text))
            .collect();
        path.push(format!("`{}`", first.decl.name.text));
        let message = format!("`{}` is defined by itself", first.decl.name.text);
        let mut problem = FileDiagnostic::error(codes::DEFINE_CYCLE, first.place, message)
            .label(path.join(" needs "));
        for index in cycle.iter().skip(1) {
            problem = problem.also(self.defines[*index].place, "by way of this");
        }
        self.error(problem.help("a definition is replaced by its condition, which must end"));
    }
}

fn walk_counts_days(cond: &super::ir::Cond) -> bool {
    let mut found = false;
    walk::offsets(cond, &mut |period| found |= counts_days(period));
    found
}

/// The names that stand alone in a condition.
fn names_in<'c>(cond: &'c ast::Cond, names: &mut Vec<&'c Name>) {
    match cond {
        ast::Cond::And(parts) | ast::Cond::Or(parts) => {
            parts.iter().for_each(|part| names_in(part, names));
        }
        ast::Cond::Not(part, _) => names_in(part, names),
        ast::Cond::Name(name) => names.push(name),
        _ => {}
    }
}
