//! What a pack speaks of: members of enumerations, facts, norms, versions of rules, citations.

use core::ffi::c_char;

use super::constants::*;
#[cfg(feature = "std")]
use super::describe::in_language;
use super::failure::{Failure, guard};
use super::input::word;
use super::names::unknown;
use super::output::{Slot, str};
use super::pack::{Loaded, opened};
use super::records::*;
use crate::pack::format::{MemberRow, NONE16, NONE32, Range};

/// An id as C has it.
pub(super) fn id(id: u16) -> u32 {
    if id == NONE16 {
        EXQ_NONE
    } else {
        u32::from(id)
    }
}

/// The members of an enumeration.
fn members(pack: &Loaded, enumeration: u32) -> Result<Range, Failure> {
    pack.names.name(EXQ_KIND_ENUM, enumeration)?;
    Ok(pack.program().enums.at(enumeration as usize).members)
}

fn member(pack: &Loaded, enumeration: u32, member: u32) -> Result<MemberRow, Failure> {
    let members = members(pack, enumeration)?;
    if member >= members.count {
        return Err(Failure::no_such("member", member, members.count as usize));
    }
    Ok(pack.program().members.at((members.first + member) as usize))
}

/// How many members an enumeration has. They are numbered from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_member_count(
    pack: *const exq_pack,
    enumeration: u32,
    out: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let count = members(opened(pack)?, enumeration)?.count;
        Slot::new(out, "out")?.put(count);
        Ok(())
    })
}

/// The member of an enumeration with this name. `EXQ_E_NAME` if there is none; the message has the nearest name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_member_find(
    pack: *const exq_pack,
    enumeration: u32,
    name: *const c_char,
    name_len: usize,
    member: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let name = word(name, name_len, "name")?;
        let slot = Slot::new(member, "member")?;
        let (program, members) = (pack.program(), members(pack, enumeration)?);
        let known = || {
            let rows = program.members.range(members.first, members.count);
            rows.map(|row| program.str(row.name))
        };
        let Some(found) = (0u32..).zip(known()).find(|(_, known)| *known == name) else {
            return Err(unknown("member", name, known()));
        };
        slot.put(found.0);
        Ok(())
    })
}

/// The name of a member of an enumeration. It lives as long as the pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_member_name(
    pack: *const exq_pack,
    enumeration: u32,
    member: u32,
    out: *mut exq_str,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let row = self::member(pack, enumeration, member)?;
        Slot::new(out, "out")?.put(str(pack.program().str(row.name)));
        Ok(())
    })
}

/// The label of a member of an enumeration in a language; empty if none was written. It lives as long as the pack.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_member_label(
    pack: *const exq_pack,
    enumeration: u32,
    member: u32,
    lang: i32,
    out: *mut exq_str,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        let label = in_language(pack, self::member(pack, enumeration, member)?.label, lang)?;
        Slot::new(out, "out")?.put(label);
        Ok(())
    })
}

/// A source pack: its status, and when it is in force.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_instrument(
    pack: *const exq_pack,
    id: u32,
    out: *mut exq_instrument,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(EXQ_KIND_PACK, id)?;
        let row = pack.program().packs.at(id as usize);
        Slot::new(out, "out")?.put(exq_instrument {
            status: i32::from(row.status),
            adopted: i32::from(row.adopted),
            from: row.from,
            until: row.until,
        });
        Ok(())
    })
}

/// A fact: its type and what it may be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_fact(
    pack: *const exq_pack,
    fact: u32,
    out: *mut exq_fact,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(EXQ_KIND_FACT, fact)?;
        let row = pack.program().facts.at(fact as usize);
        let has_members = matches!(row.ty, 1 | 2);
        Slot::new(out, "out")?.put(exq_fact {
            r#type: i32::from(row.ty) + EXQ_TYPE_BOOL,
            enumeration: if has_members { id(row.of) } else { EXQ_NONE },
            least: row.least,
            most: row.most,
            presumed: i32::from(row.presumed),
            reserved: 0,
        });
        Ok(())
    })
}

/// A norm: who does what to what, what performs and what violates it. The texts live as long as the pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_norm(
    pack: *const exq_pack,
    norm: u32,
    out: *mut exq_norm,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(EXQ_KIND_NORM, norm)?;
        let program = pack.program();
        let row = program.norms.at(norm as usize);
        let text = |range| str(program.str(range));
        Slot::new(out, "out")?.put(exq_norm {
            bearer: text(row.bearer),
            action: text(row.action),
            object: text(row.object),
            family: text(row.name),
            member: text(row.member),
            pack: id(row.pack),
            done_at: id(row.done),
            broken_at: id(row.broken),
            by_default: i32::from(row.default),
            is_protected: i32::from(row.guard != NONE32),
            reserved: 0,
        });
        Ok(())
    })
}

/// A dated version of a rule.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_rule_version(
    pack: *const exq_pack,
    version: u32,
    out: *mut exq_rule_version,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(EXQ_KIND_VERSION, version)?;
        let program = pack.program();
        let row = program.versions.at(version as usize);
        Slot::new(out, "out")?.put(exq_rule_version {
            rule: id(row.rule),
            pack: id(program.rules.at(usize::from(row.rule)).pack),
            from: row.from,
            until: row.until,
            citations: row.cites.count,
            untranslated: row.untranslated.count,
        });
        Ok(())
    })
}

/// A citation of a version of a rule, from 0. Its texts live as long as the pack.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_citation(
    pack: *const exq_pack,
    version: u32,
    index: u32,
    out: *mut exq_citation,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(EXQ_KIND_VERSION, version)?;
        let program = pack.program();
        let cites = program.versions.at(version as usize).cites;
        if index >= cites.count {
            return Err(Failure::no_such("citation", index, cites.count as usize));
        }
        let row = program.cites.at((cites.first + index) as usize);
        Slot::new(out, "out")?.put(exq_citation {
            article_en: str(program.str(row.article.en)),
            article_fr: str(program.str(row.article.fr)),
            checked: i32::from(row.how),
            reserved: 0,
        });
        Ok(())
    })
}

/// A text in which a version of a rule says what it does not model, from 0. It lives as long as the pack.
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_pack_untranslated(
    pack: *const exq_pack,
    version: u32,
    index: u32,
    lang: i32,
    out: *mut exq_str,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = opened(pack)?;
        pack.names.name(EXQ_KIND_VERSION, version)?;
        let program = pack.program();
        let range = program.versions.at(version as usize).untranslated;
        if index >= range.count {
            return Err(Failure::no_such(
                "untranslated",
                index,
                range.count as usize,
            ));
        }
        let row = program.untranslated.at((range.first + index) as usize);
        let text = in_language(pack, row.text, lang)?;
        Slot::new(out, "out")?.put(text);
        Ok(())
    })
}
