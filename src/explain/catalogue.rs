//! Every sentence that an explanation can say, in English and French side by side.
//!
//! Invariant: that of [`super::messages`]. What is no sentence, the names of bearers, stands below the sentences.

use super::messages::{filled, messages};

/// The language of an explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// The language with this code, `en` or `fr`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Lang> {
        match code {
            "en" => Some(Lang::En),
            "fr" => Some(Lang::Fr),
            _ => None,
        }
    }
}

messages! {
    // The head and the foot.
    Head: "As of {0}", "Situation au {0}";
    LawDates: "law as of {0}", "droit en vigueur au {0}";
    Summary: "{0} {1}", "{1}\u{a0}: {0}";
    SumBreached: "breached", "en manquement";
    SumConflict: "in conflict", "en conflit";
    SumDue: "to be done", "à faire";
    SumUndetermined: "undetermined", "indéterminé";
    SumOpen: "to be done without undue delay", "à faire sans retard injustifié";
    SumWaiting: "waiting", "en attente";
    SumProhibited: "prohibited", "interdit";
    SumPermitted: "permitted", "permis";
    SumDone: "done", "accompli";
    SumAsk: "to be asked", "à demander";
    SumHuman: "for a person", "à soumettre à une personne";
    Nothing: "No rule speaks of this case.", "Aucune règle ne régit ce cas.";
    LookAgain: "Look again {0}, {1}: the answer changes then, even if the facts stay the same.",
        "À revoir {0}, {1}\u{a0}: la réponse change alors, même à faits constants.";
    LookNever: "As long as the facts stay the same, the answer does not change.",
        "Tant que les faits restent les mêmes, la réponse ne change pas.";
    LookAgainAfter: "Look again just after {0}, {1}: the answer changes then, even if the facts stay the same.",
        "À revoir juste après {0}, {1}\u{a0}: la réponse change alors, même à faits constants.";
    Receipt: "Receipt: decision {0}, pack {1}, case {2}, engine {3}",
        "Récépissé\u{a0}: décision {0}, jeu de règles {1}, cas {2}, moteur {3}";

    // Headings, the most urgent first.
    HeadBreached: "Breached", "Manquements";
    HeadConflict: "Contradictory rules: a person must decide",
        "Règles contradictoires\u{a0}: une personne doit trancher";
    HeadDue: "To be done, the most urgent first", "À faire, le plus urgent d’abord";
    HeadUndetermined: "Undetermined: facts are missing", "Indéterminé\u{a0}: il manque des faits";
    HeadNoDays: "Undetermined: public holidays are missing", "Indéterminé\u{a0}: il manque des jours fériés";
    HeadUntold: "Undetermined", "Indéterminé";
    HeadOpen: "To be done without undue delay", "À faire sans retard injustifié";
    HeadWaiting: "Not yet: something must happen first", "Pas encore\u{a0}: quelque chose doit d’abord se produire";
    HeadProhibited: "Prohibited", "Interdit";
    HeadPermitted: "Permitted", "Permis";
    HeadDone: "Done", "Accompli";
    HeadGone: "No longer, or not yet, in effect", "Sans effet, ou pas encore en vigueur";
    HeadAsk: "To be asked, the most useful first", "À demander, le plus utile d’abord";
    HeadAssumed: "Assumed, because nothing was said of it", "Supposé, faute d’indication";
    HeadHuman: "Needs a person", "À soumettre à une personne";
    HeadAnnounced: "Announced, not law", "Annoncé, sans valeur de loi";
    HeadVoluntary: "Voluntary commitment, not law", "Engagement volontaire, sans valeur de loi";

    // Statuses.
    StatusWaiting: "not yet", "pas encore";
    StatusEarly: "done too early", "accompli trop tôt";
    StatusRunning: "due", "à faire";
    StatusRunningMay: "permitted", "permis";
    StatusRunningMustNot: "prohibited", "interdit";
    StatusMet: "done in time", "accompli dans les délais";
    StatusMetKept: "observed to its end", "observé jusqu’à son terme";
    StatusMetLate: "done late", "accompli en retard";
    StatusBreached: "breached", "manquement";
    StatusLapsed: "lapsed", "caduc";
    StatusOpen: "due without undue delay", "à faire sans retard injustifié";
    StatusUnknown: "cannot be told", "ne peut être établi";

    // Time.
    Due: "due {0}, {1}", "échéance {0}, {1}";
    DueBefore: "due before {0}, {1}", "à faire avant {0}, {1}";
    DueWas: "was due {0}, {1}", "l’échéance était {0}, {1}";
    DueWasBefore: "was due before {0}, {1}", "était à faire avant {0}, {1}";
    OwnLevel: "by the service level of this house, as the law names no instant",
        "par l’engagement de service de cette maison, car la loi ne fixe pas d’instant";
    DueOnce: "due {0}", "échéance {0}";
    DueWaiting: "the time runs from {0}, which has not happened yet",
        "le délai court à compter de {0}, qui n’a pas encore eu lieu";
    Or: "{0} or {1}", "{0} ou {1}";
    SomeEvent: "an event", "un événement";
    DueOpen: "without undue delay", "sans retard injustifié";
    DueUnknown: "when it is due cannot be told: facts are missing", "échéance inconnue\u{a0}: il manque des faits";
    DueUntold: "when it is due cannot be told", "échéance inconnue";
    DueNoDays: "when it is due cannot be told: public holidays are missing",
        "échéance inconnue\u{a0}: il manque des jours fériés";
    DueBeyond: "when it is due cannot be told: the period leaves the years 1970 to 2099",
        "échéance inconnue\u{a0}: le délai sort des années 1970 à 2099";
    DueProvisional: "at the latest, as far as is known, {0}, {1}", "au plus tard, en l’état des faits connus, {0}, {1}";
    DueNone: "no time limit", "aucun délai n’est fixé";
    NotBefore: "not before {0}, {1}", "pas avant {0}, {1}";
    NotBeforeWaiting: "its beginning waits for {0}", "son début attend {0}";
    NotBeforeUnknown: "from when on cannot be told: facts are missing", "début inconnu\u{a0}: il manque des faits";
    NotBeforeNoDays: "from when on cannot be told: public holidays are missing",
        "début inconnu\u{a0}: il manque des jours fériés";
    NotBeforeBeyond: "from when on cannot be told: the period leaves the years 1970 to 2099",
        "début inconnu\u{a0}: le délai sort des années 1970 à 2099";
    From: "from {0}, {1}", "à partir {0}, {1}";
    Until: "until {0}, {1}", "jusqu’{0}, {1}";
    UntilWaiting: "until {0}, which has not happened yet", "jusqu’à {0}, qui n’a pas encore eu lieu";
    UntilUnknown: "until when cannot be told: facts are missing", "fin inconnue\u{a0}: il manque des faits";
    UntilNoDays: "until when cannot be told: public holidays are missing", "fin inconnue\u{a0}: il manque des jours fériés";
    UntilBeyond: "until when cannot be told: the period leaves the years 1970 to 2099",
        "fin inconnue\u{a0}: le délai sort des années 1970 à 2099";
    InTime: "in {0}", "dans {0}";
    Ago: "{0} ago", "il y a {0}";
    RightNow: "now", "maintenant";
    LessThanAMinute: "less than a minute", "moins d’une minute";
    Minute: "1 minute", "1 minute";
    Minutes: "{0} minutes", "{0} minutes";
    Hour: "1 hour", "1 heure";
    Hours: "{0} hours", "{0} heures";
    Day: "1 day", "1 jour";
    Days: "{0} days", "{0} jours";

    // The lines of one entry.
    LabelWhen: "when", "quand";
    LabelWho: "who", "qui";
    LabelWhere: "where", "où";
    LabelBasis: "basis", "fondement";
    LabelBecause: "because", "car";
    LabelReason: "reason", "motif";
    LabelCeiling: "up to", "au plus";
    LabelReading: "or", "ou";
    LabelCount: "count", "calcul";
    LabelDefeated: "defeated", "écarté";
    LabelWithheld: "withheld", "bloqué";
    LabelNeeds: "ask for", "à demander";
    LabelAlso: "also", "aussi";
    LabelProvisional: "so far", "en l’état";
    LabelGuard: "safeguard", "garantie";

    Everywhere: "everywhere", "partout";
    EverywhereBut: "everywhere except {0}", "partout sauf {0}";
    Places: "{0} ({1} places)", "{0} ({1} lieux)";
    CeilingUnknown: "an amount that cannot be told: facts are missing", "un montant inconnu\u{a0}: il manque des faits";
    PerDay: "{0} per day", "{0} par jour";
    CheckedVerified: "read in the source", "vérifié à la source";
    CheckedSecondary: "checked in a secondary source only", "vérifié seulement dans une source secondaire";
    CheckedRecalled: "recalled, not checked: verify before relying on it",
        "cité de mémoire, non vérifié\u{a0}: à contrôler avant de s’y fier";
    Adopted: "announced, not law; adopted by the house", "annoncé, sans valeur de loi\u{a0}; adopté en interne";
    AdoptedVoluntary: "voluntary, not law; adopted by the house", "volontaire, sans valeur de loi\u{a0}; adopté en interne";
    CaseLaw: "case law", "jurisprudence";
    Policy: "house rule", "règle interne";
    DefeatedBy: "{0} ({1}), by {2}", "{0} ({1}), par {2}";
    WhyGuardFalse: "the safeguard does not hold", "la garantie n’est pas remplie";
    WhyGuardUnknown: "it is not known whether the safeguard holds", "on ignore si la garantie est remplie";
    WhyConflict: "the rules contradict each other", "les règles se contredisent";
    WhyUndetermined: "it depends on missing facts", "cela dépend de faits qui manquent";
    WhyBeyond: "its time cannot be told", "son moment ne peut être établi";
    WhyWaiting: "its time has not come", "le moment n’est pas encore venu";
    WhyEnded: "its time is over", "la période est révolue";
    Uncertain: "only if the missing facts confirm it", "seulement si les faits qui manquent le confirment";
    UncertainUntold: "and whether this stands cannot be told", "et l’on ne peut établir si cela vaut";
    ByDefault: "prohibited by default: nothing opens it", "interdit par défaut\u{a0}: rien ne l’autorise";
    ByConflict: "prohibited until a person decides", "interdit tant qu’une personne n’a pas tranché";
    DefaultList: "By default, as no rule of this case says otherwise:", "Par défaut, aucune règle n’en disposant autrement ici\u{a0}:";
    Otherwise: "{0}, because {1}", "{0}, car {1}";

    // Outcomes and kinds.
    OutcomeNone: "nothing", "rien";
    OutcomeMay: "permitted", "permis";
    OutcomeMust: "due", "dû";
    OutcomeMustNot: "prohibited", "interdit";
    OutcomeUndetermined: "undetermined", "indéterminé";
    OutcomeConflict: "conflict", "conflit";
    KindMust: "must", "doit";
    KindMay: "may", "peut";
    KindMustNot: "must not", "ne doit pas";
    KindLifted: "lifted", "levé";

    // Facts.
    FactTrue: "{0}: yes", "{0}\u{a0}: oui";
    FactFalse: "{0}: no", "{0}\u{a0}: non";
    MayApply: "it may apply", "la règle peut s’appliquer";
    NotKnown: "not known: {0}", "on ignore\u{a0}: {0}";
    AndMore: "{0} and {1} more", "{0} et {1} de plus";
    Known: "known: {0}", "on sait\u{a0}: {0}";
    Separator: "; ", "\u{a0}; ";
    Titled: "{0} “{1}”", "{0} «\u{a0}{1}\u{a0}»";
    FactIs: "{0}: {1}", "{0}\u{a0}: {1}";
    FactNothing: "{0}: none", "{0}\u{a0}: aucun";
    FactAssumed: "{0} (assumed)", "{0} (supposé)";
    FactUnknown: "{0}: unknown", "{0}\u{a0}: inconnu";
    EventAt: "{0}: {1}", "{0}\u{a0}: {1}";
    EventNot: "{0}: has not happened", "{0}\u{a0}: n’a pas eu lieu";
    EventAhead: "{0}: expected {1}", "{0}\u{a0}: prévu {1}";
    RuleMissed: "{0} was not kept", "la règle {0} n’a pas été respectée";
    RuleNotMissed: "{0} has not been missed", "la règle {0} n’a pas été enfreinte";
    RuleMet: "{0} was kept", "la règle {0} a été respectée";
    RuleNotMet: "{0} has not been kept so far", "la règle {0} n’est pas respectée à ce jour";
    RuleUnknown: "whether {0} was kept is not known", "on ignore si la règle {0} a été respectée";
    NoCondition: "it applies without a condition", "la règle s’applique sans condition";
    NoSet: "{0} has no version in force at the law date", "{0} n’a pas de version en vigueur à la date retenue pour le droit";
    HolidaysOf: "the public holidays of {0}", "les jours fériés de {0}";
    NoCalendar: "the public holidays of {0}: no calendar of that name is in these rules",
        "les jours fériés de {0}\u{a0}: ces règles n’ont pas de calendrier de ce nom";
    CalendarEnds: "the public holidays of {0}: its calendar covers the years {1} to {2} only",
        "les jours fériés de {0}\u{a0}: son calendrier ne couvre que les années {1} à {2}";
    AskFor: "{0} ({1})", "{0} ({1})";
    HumanConflict: "{0}: the rules contradict each other", "{0}\u{a0}: les règles se contredisent";
    HumanUntranslated: "{0}: {1}", "{0}\u{a0}: {1}";
}

/// The bearers that the shared vocabulary has. Others are called by their name.
const BEARERS: &[(&str, &str, &str)] = &[
    ("provider", "the provider", "le fournisseur"),
    ("authority", "the authority", "l’autorité"),
    ("service", "the service", "le service"),
    ("state", "the State", "l’État"),
    ("user", "the user", "l’utilisateur"),
    ("platform", "the platform", "la plateforme"),
    ("court", "the court", "la juridiction"),
    ("judge", "the judge", "le juge"),
    ("regulator", "the regulator", "l’autorité de régulation"),
    ("notifier", "the notifier", "le notifiant"),
    ("requester", "the requester", "le demandeur"),
    ("injured", "whoever was harmed", "la personne lésée"),
    (
        "prosecutor",
        "the public prosecutor",
        "le procureur de la République",
    ),
    (
        "qualified_person",
        "the qualified person",
        "la personnalité qualifiée",
    ),
    ("registry", "the registry", "le greffe"),
    (
        "dispute_body",
        "the dispute settlement body",
        "l’organe de règlement des litiges",
    ),
    ("partner", "the partner", "le partenaire"),
];

/// Who bears a norm, in words.
pub(crate) fn bearer(name: &str, lang: Lang) -> String {
    match (BEARERS.iter().find(|(known, _, _)| *known == name), lang) {
        (Some((_, en, _)), Lang::En) => (*en).to_string(),
        (Some((_, _, fr)), Lang::Fr) => (*fr).to_string(),
        (None, _) => name.replace('_', " "),
    }
}

/// The text of a message with its places filled.
pub(super) fn fill(message: Message, lang: Lang, values: &[&str]) -> String {
    filled(message.text(lang), values)
}
