//! The word that was perhaps meant: one place for every "did you mean" of the project.

/// The longest word for which one is looked for, in characters: longer ones are no slips of the pen.
const WORD_MAX: usize = 80;

/// The candidate nearest to a word in letters added, dropped, replaced or swapped, capitals aside; none that needs more
/// than `slips` of the word's length. Of equally near ones, the first.
#[must_use]
pub fn nearest<'w>(
    word: &str,
    candidates: impl IntoIterator<Item = &'w str>,
    slips: fn(usize) -> usize,
) -> Option<&'w str> {
    let typed = word.to_lowercase();
    let length = typed.chars().count();
    if length > WORD_MAX {
        return None;
    }
    let most = slips(length);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word && candidate.len() <= 4 * WORD_MAX)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&typed, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// One slip in a short word, two in a longer one: for sources, where a wrong guess misleads an author.
#[must_use]
pub fn few(length: usize) -> usize {
    match length {
        0..3 => 0,
        3..6 => 1,
        _ => 2,
    }
}

/// One letter in three: for names that people know by heart less well, such as those of a case.
#[must_use]
pub fn one_in_three(length: usize) -> usize {
    if length < 2 { 0 } else { (length / 3).max(1) }
}
