//! The question for an event to the clause that names its moment: "When was the request received?" to "the request was
//! received", "Quand la demande a-t-elle été reçue ?" to "la demande a été reçue".
//!
//! Invariant: a clause is made only where the question has one reading; every other question is quoted as it stands, so
//! that no page says something that no author wrote. French marks the verb of a question by the pronoun behind it. English
//! does not: there, the participle must be the only word that looks like one, save behind an article.

use crate::explain::Lang;

/// The clause of a question, if it has one.
pub(super) fn clause(question: &str, lang: Lang) -> Option<String> {
    let question = question.trim_end().trim_end_matches('?').trim_end();
    match lang {
        Lang::En => english(question),
        Lang::Fr => french(question),
    }
}

fn english(question: &str) -> Option<String> {
    let rest = question.strip_prefix("When ")?;
    let (verb, rest) = rest.split_once(' ')?;
    if !matches!(verb, "was" | "were") || rest.contains(',') {
        return None;
    }
    let words: Vec<&str> = rest.split(' ').collect();
    // Behind an article it is an adjective: "the encrypted content".
    let is_verb = |index: &usize| {
        let word = words.get(*index).is_some_and(|word| participle(word));
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        word && before.is_some_and(|before| !["a", "an", "the", "its", "that"].contains(before))
    };
    let mut found = (0..words.len()).filter(is_verb);
    let at = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let (subject, predicate) = words.split_at_checked(at)?;
    Some(format!(
        "{} {verb} {}",
        subject.join(" "),
        predicate.join(" ")
    ))
}

/// True for a word that looks like a participle.
fn participle(word: &str) -> bool {
    const IRREGULAR: [&str; 24] = [
        "begun",
        "brought",
        "done",
        "drawn",
        "found",
        "given",
        "heard",
        "held",
        "kept",
        "left",
        "lost",
        "made",
        "paid",
        "put",
        "seen",
        "sent",
        "set",
        "shown",
        "sought",
        "taken",
        "told",
        "withdrawn",
        "won",
        "written",
    ];
    word.ends_with("ed") || IRREGULAR.contains(&word)
}

fn french(question: &str) -> Option<String> {
    let rest = question.strip_prefix("Quand ")?;
    let mut found = 0;
    let mut words: Vec<&str> = Vec::new();
    for (index, word) in rest.split(' ').enumerate() {
        match inverted(word) {
            // Without a subject before its verb, the pronoun is the subject.
            Some(_) if index == 0 => return None,
            Some(verb) => {
                found += 1;
                words.push(verb);
            }
            None => words.push(word),
        }
    }
    (found == 1).then(|| words.join(" "))
}

/// The verb without the pronoun behind it.
fn inverted(word: &str) -> Option<&str> {
    ["elles", "elle", "ils", "il"].iter().find_map(|pronoun| {
        let verb = word.strip_suffix(pronoun)?.strip_suffix('-')?;
        Some(verb.strip_suffix("-t").unwrap_or(verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_with_one_reading_is_a_clause() {
        let said = [
            (
                "When was the request received?",
                Lang::En,
                Some("the request was received"),
            ),
            (
                "When were the data erased?",
                Lang::En,
                Some("the data were erased"),
            ),
            (
                "When was the issuer told of the effect given?",
                Lang::En,
                None,
            ),
            ("When was it opened, or last used?", Lang::En, None),
            (
                "When was the listed site checked?",
                Lang::En,
                Some("the listed site was checked"),
            ),
            ("When did the provider detect the content?", Lang::En, None),
            (
                "Quand la demande a-t-elle été reçue ?",
                Lang::Fr,
                Some("la demande a été reçue"),
            ),
            (
                "Quand les données ont-elles été effacées ?",
                Lang::Fr,
                Some("les données ont été effacées"),
            ),
            (
                "Quand la mesure prend-elle fin ?",
                Lang::Fr,
                Some("la mesure prend fin"),
            ),
            (
                "Quand a-t-il été constaté que rien ne manque ?",
                Lang::Fr,
                None,
            ),
            ("Depuis quand l'outil existe-t-il ?", Lang::Fr, None),
        ];
        for (question, lang, expected) in said {
            assert_eq!(clause(question, lang).as_deref(), expected, "{question}");
        }
    }
}
