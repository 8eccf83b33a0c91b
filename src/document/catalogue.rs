//! Every sentence of a page about rules, in English and French side by side.
//!
//! Invariant: that of [`crate::explain::messages`]. What answers say too (statuses, how a citation was checked) is taken
//! from their catalogue, and not written twice.

use crate::explain::messages::messages;

messages! {
    // Names, members, sets, amounts.
    Quoted: "“{0}”", "«\u{a0}{0}\u{a0}»";
    Semicolon: "; ", "\u{a0}; ";
    And: "{0} and {1}", "{0} et {1}";
    Or: "{0} or {1}", "{0} ou {1}";
    Union: "{0} or {1}", "{0} ou {1}";
    Intersect: "{0} that are also {1}", "{0} qui sont aussi {1}";
    Minus: "{0}, without {1}", "{0}, sauf {1}";
    Nothing: "none", "aucun";
    TheList: "the list “{0}”", "la liste «\u{a0}{0}\u{a0}»";
    AnswerTo: "the answer to “{0}”", "la réponse à «\u{a0}{0}\u{a0}»";
    OfMembers: "{0} ({1})", "{0} ({1})";
    OfPack: "{0} ({1})", "{0} ({1})";
    DecimalPoint: ".", ",";

    GuardHolds: "the safeguard holds", "la garantie est remplie";

    // Periods and moments.
    Minute: "{0} minute", "{0} minute";
    Minutes: "{0} minutes", "{0} minutes";
    Hour: "{0} hour", "{0} heure";
    Hours: "{0} hours", "{0} heures";
    Day: "{0} day", "{0} jour";
    Days: "{0} days", "{0} jours";
    WorkingDay: "{0} working day", "{0} jour ouvré";
    WorkingDays: "{0} working days", "{0} jours ouvrés";
    Week: "{0} week", "{0} semaine";
    Weeks: "{0} weeks", "{0} semaines";
    Month: "{0} month", "{0} mois";
    Months: "{0} months", "{0} mois";
    Year: "{0} year", "{0} an";
    Years: "{0} years", "{0} ans";
    MomentWhen: "the moment when {0}", "le moment où {0}";
    FromMomentWhen: "the moment when {0}", "du moment où {0}";
    ToMomentWhen: "the moment when {0}", "au moment où {0}";
    MomentAsked: "the moment asked for by “{0}”", "le moment demandé par «\u{a0}{0}\u{a0}»";
    FromMomentAsked: "the moment asked for by “{0}”", "du moment demandé par «\u{a0}{0}\u{a0}»";
    ToMomentAsked: "the moment asked for by “{0}”", "au moment demandé par «\u{a0}{0}\u{a0}»";
    MomentOf: "the moment of {0}", "le moment de {0}";
    FromMomentOf: "the moment of {0}", "du moment de {0}";
    ToMomentOf: "the moment of {0}", "au moment de {0}";
    JustMoment: "{0}", "{0}";
    Latest: "the latest of these: {0}", "le plus tardif de ceux-ci\u{a0}: {0}";
    FromLatest: "the latest of these: {0}", "du plus tardif de ceux-ci\u{a0}: {0}";
    ToLatest: "the latest of these: {0}", "au plus tardif de ceux-ci\u{a0}: {0}";
    Earliest: "the earliest of these: {0}", "le plus précoce de ceux-ci\u{a0}: {0}";
    FromEarliest: "the earliest of these: {0}", "du plus précoce de ceux-ci\u{a0}: {0}";
    ToEarliest: "the earliest of these: {0}", "au plus précoce de ceux-ci\u{a0}: {0}";
    Now: "now", "maintenant";
    FromNow: "now", "maintenant";
    Later: "{0} after {1}", "{0} à compter {1}";
    Earlier: "{0} before {1}", "{0} en deçà {1}";
    FromOn: "from {0}", "à partir du {0}";
    FromTo: "from {0} to {1}, both included", "du {0} au {1} inclus";

    // Conditions.
    AllOf: "All of these:", "Toutes ces conditions\u{a0}:";
    AnyOf: "At least one of these:", "Au moins l’une de ces conditions\u{a0}:";
    NotAllOf: "Not all of these together:", "Pas toutes ces conditions à la fois\u{a0}:";
    NoneOf: "None of these:", "Aucune de ces conditions\u{a0}:";
    TermHolds: "It is a case of “{0}”", "C’est un cas de «\u{a0}{0}\u{a0}»";
    TermNot: "It is not a case of “{0}”", "Ce n’est pas un cas de «\u{a0}{0}\u{a0}»";
    Answered: "{0} {1}", "{0} {1}";
    Yes: "yes", "oui";
    No: "no", "non";
    IsThat: "{0}", "{0}";
    IsNotThat: "anything but {0}", "tout sauf {0}";
    Includes: "among others {0}", "notamment {0}";
    IncludesNot: "not {0}", "sans {0}";
    Meets: "at least one of: {0}", "au moins un élément de\u{a0}: {0}";
    MeetsNot: "none of: {0}", "aucun élément de\u{a0}: {0}";
    Happened: "it has happened", "cela a eu lieu";
    HappenedNot: "it has not happened", "cela n’a pas eu lieu";
    Known: "the answer is known", "la réponse est connue";
    KnownNot: "nobody knows", "on l’ignore";
    Missed: "The rule {0} was missed", "La règle {0} a été enfreinte";
    MissedNot: "The rule {0} has not been missed", "La règle {0} n’a pas été enfreinte";
    Met: "The rule {0} was kept", "La règle {0} a été respectée";
    MetNot: "The rule {0} has not been kept so far", "La règle {0} n’est pas respectée à ce jour";
    AsTo: "{0}, as far as it was to {1}", "{0}, pour ce qui est de\u{a0}: {1}";
    Before: "{0} is earlier than {1}", "{0} est antérieur à {1}";
    NotAfter: "{0} is not later than {1}", "{0} n’est pas postérieur à {1}";
    After: "{0} is later than {1}", "{0} est postérieur à {1}";
    NotBefore: "{0} is not earlier than {1}", "{0} n’est pas antérieur à {1}";
    LessThan: "less than {0}", "moins de {0}";
    AtMost: "{0} at most", "au plus {0}";
    MoreThan: "more than {0}", "plus de {0}";
    AtLeast: "{0} at least", "au moins {0}";

    // Effects.
    Must: "{0} <b>must</b> {1}", "{0} <b>doit</b> {1}";
    May: "{0} <b>may</b> {1}", "{0} <b>peut</b> {1}";
    MustNot: "{0} <b>must not</b> {1}", "{0} <b>ne doit pas</b> {1}";
    Lifted: "No longer, because of this exception: {0}", "Ne vaut plus, du fait de cette exception\u{a0}: {0}";
    AllLifted: "Nothing of what these demand, permit or forbid applies any more: {0}",
        "Rien ne s’applique plus de ce que prévoient\u{a0}: {0}";
    Where: "where: {0}", "où\u{a0}: {0}";
    Ceiling: "up to: {0}", "au plus\u{a0}: {0}";
    LargerOf: "the larger of {0}", "le plus élevé de {0}";
    SmallerOf: "the smaller of {0}", "le plus faible de {0}";
    PerDay: "{0} per day", "{0} par jour";
    PercentOf: "{0} % of the answer to “{1}”", "{0}\u{a0}% de la réponse à «\u{a0}{1}\u{a0}»";
    Within: "within {0} of {1}", "dans un délai de {0} à compter {1}";
    InLessThan: "in less than {0} from {1}", "en moins de {0} à compter {1}";
    NoEarlier: "no earlier than {0} from {1}", "pas avant {0} à compter {1}";
    AtEnd: "at the end of {0} from {1}", "à l’expiration de {0} à compter {1}";
    For: "for {0} from {1}", "pendant {0} à compter {1}";
    AtLeastEarlier: "at least {0} before {1}", "au moins {0} avant {1}";
    By: "at the latest at {0}", "au plus tard {0}";
    Until: "until {0}", "jusqu’{0}";
    UndueDelay: "without undue delay from {0}", "sans retard injustifié à compter {0}";
    Expeditiously: "expeditiously, without a fixed period, from {0}", "promptement, sans délai chiffré, à compter {0}";
    OtherReading: "or, by another reading, {0}: {1}", "ou, selon une autre lecture, {0}\u{a0}: {1}";

    // How periods run.
    ElapsedHours: "Hours are elapsed hours: nights, weekends and holidays count.",
        "Les heures sont des heures écoulées\u{a0}: nuits, fins de semaine et jours fériés comptent.";
    ElapsedDays: "The period ends at the same time of day as it began; weekends and holidays count, and it does not roll over.",
        "Le délai expire à la même heure du jour qu’à son début\u{a0}; fins de semaine et jours fériés comptent, sans report.";
    ElapsedWorkingDays: "Only working days count; the period ends at the time of day at which it began.",
        "Seuls les jours ouvrés comptent\u{a0}; le délai expire à l’heure du jour de son début.";
    EuHours: "Regulation 1182/71: the hour of the event does not count; hours run from the next full hour, nights, weekends and holidays included.",
        "Règlement 1182/71\u{a0}: l’heure de l’événement ne compte pas\u{a0}; les heures courent dès l’heure pleine suivante, nuits, fins de semaine et jours fériés compris.";
    EuHoursBack: "Regulation 1182/71: the hour of the event does not count; hours run back from the full hour before it, nights, weekends and holidays included.",
        "Règlement 1182/71\u{a0}: l’heure de l’événement ne compte pas\u{a0}; les heures courent à rebours dès l’heure pleine qui précède, nuits, fins de semaine et jours fériés compris.";
    EuDays: "Regulation 1182/71: the day of the event does not count; the period ends with the last hour of its last day.",
        "Règlement 1182/71\u{a0}: le jour de l’événement ne compte pas\u{a0}; le délai expire à la fin de la dernière heure de son dernier jour.";
    EuWorkingDays: "Regulation 1182/71: only working days count, without the day of the event.",
        "Règlement 1182/71\u{a0}: seuls les jours ouvrables comptent, sans le jour de l’événement.";
    EuRollover: "A period that would end on a day of rest ends with the next working day.",
        "Un délai qui expirerait un jour chômé expire à la fin du jour ouvrable suivant.";
    EuBackward: "Counted back from an event, it does not roll over.", "Compté à rebours d’un événement, il n’est pas reporté.";
    EuTwoDays: "Two days or more include at least two working days.",
        "Deux jours ou plus comprennent au moins deux jours ouvrables.";
    FrDays: "Code of civil procedure, art. 641 and 642: the day of the event does not count; the period ends on its last day at midnight.",
        "Code de procédure civile, art. 641 et 642\u{a0}: le jour de l’événement ne compte pas\u{a0}; le délai expire le dernier jour à vingt-quatre heures.";
    FrWorkingDays: "Code of civil procedure, art. 642: only working days count, without the day of the event.",
        "Code de procédure civile, art. 642\u{a0}: seuls les jours ouvrables comptent, sans le jour de l’événement.";
    FrRollover: "A period that would end on a Saturday, a Sunday or a holiday goes on to the next working day.",
        "Un délai qui expirerait un samedi, un dimanche ou un jour férié est prorogé jusqu’au premier jour ouvrable suivant.";
    UsHours: "Federal Rules of Civil Procedure, rule 6(a)(2): hours run at once, nights, weekends and holidays included.",
        "Federal Rules of Civil Procedure, règle 6(a)(2)\u{a0}: les heures courent aussitôt, nuits, fins de semaine et jours fériés compris.";
    UsHoursBackward: "Counted back, hours that would end on a day of rest end at the same time of the day before that is none.",
        "Comptées à rebours, des heures qui expireraient un jour chômé expirent à la même heure du précédent jour qui ne l’est pas.";
    UsDays: "Federal Rules of Civil Procedure, rule 6(a)(1): the day of the event does not count; the period ends with its last day.",
        "Federal Rules of Civil Procedure, règle 6(a)(1)\u{a0}: le jour de l’événement ne compte pas\u{a0}; le délai expire à la fin de son dernier jour.";
    UsWorkingDays: "Only business days count, without the day of the event, Saturdays, Sundays and legal holidays.",
        "Seuls les jours ouvrables comptent, sans le jour de l’événement, les samedis, dimanches et jours fériés légaux.";
    UsRollover: "A period that would end on a day of rest goes on to the next day that is none.",
        "Un délai qui expirerait un jour chômé se prolonge jusqu’au premier jour qui ne l’est pas.";
    UsBackward: "Counted back from an event, a last day of rest moves back to the one before.",
        "Compté à rebours d’un événement, un dernier jour chômé recule au précédent qui ne l’est pas.";
    UsHoursRollover: "Hours that would end on a day of rest end at the same time of the next day that is none.",
        "Des heures qui expireraient un jour chômé expirent à la même heure du premier jour qui ne l’est pas.";
    NoRollover: "It does not roll over: a last day of rest stays the last day.",
        "Sans report\u{a0}: un dernier jour chômé reste le dernier jour.";
    ByOtherReading: "By the other reading: {0}", "Selon l’autre lecture\u{a0}: {0}";
    RestOf: "Days of rest: the calendar {0}.", "Jours chômés\u{a0}: le calendrier {0}.";
    RestBy: "Days of rest: the calendar that this answer names: {0}", "Jours chômés\u{a0}: le calendrier que désigne cette réponse\u{a0}: {0}";
    ClockBy: "Clock: that of the calendar.", "Heure légale\u{a0}: celle du calendrier.";
    ClockOf: "Clock: {0}.", "Heure légale\u{a0}: {0}.";

    // A rule.
    WhenHead: "When", "Quand";
    ThenHead: "Then", "Alors";
    CountingHead: "How the periods run", "Comment courent les délais";
    DepartingHead: "Exceptions to it, and rules that override it", "Ses exceptions, et les règles qui l’écartent";
    Always: "Always.", "Toujours.";
    AndBase: "and the conditions of {0} hold", "et les conditions de {0} sont remplies";
    AndPack: "and the case lies in the {0} of the pack", "et le cas relève du {0} de ce jeu de règles";
    Scope: "scope", "champ d’application";
    InForce: "in force {0}", "en vigueur {0}";
    ExceptionTo: "Exception to {0}", "Exception à {0}";
    Overrides: "Overrides {0}", "Écarte {0}";
    Reason: "<b>Note.</b> {0}", "<b>Note.</b> {0}";
    Human: "<b>A person must look at this:</b> {0}", "<b>Une personne doit l’examiner\u{a0}:</b> {0}";
    ShownBy: "Scenarios that show it: {0}", "Scénarios qui la montrent\u{a0}: {0}";
    InTheRules: "in the rules: {0}", "dans les règles\u{a0}: {0}";
    TreeException: "exception", "exception";
    TreeOverrides: "overrides", "écarte";
    TreeAlso: "also overrides: {0}", "écarte aussi\u{a0}: {0}";

    // Scenarios.
    AskedAt: "Asked on {0}.", "Question posée le {0}.";
    LawOf: "judged by the law of {0}", "jugé selon le droit du {0}";
    Adopted: "adopted by the house: {0}", "adopté en interne\u{a0}: {0}";
    LevelUndue: "service level of the house for “without undue delay”: {0}",
        "engagement de service pour «\u{a0}sans retard injustifié\u{a0}»\u{a0}: {0}";
    LevelExpeditious: "service level of the house for “expeditiously”: {0}",
        "engagement de service pour «\u{a0}promptement\u{a0}»\u{a0}: {0}";
    Seconds: "{0} seconds", "{0} secondes";
    Microseconds: "{0} microseconds", "{0} microsecondes";
    GivenHead: "Given", "On sait";
    ExpectHead: "Answer", "Réponse";
    NotKnown: "unknown", "inconnu";
    OutcomeNone: "{0} is under no duty, permission or prohibition to {1}",
        "{0} n’a ni obligation, ni permission, ni interdiction de\u{a0}: {1}";
    OutcomeUndetermined: "whether {0} must {1} is undetermined: facts are missing",
        "on ne peut dire si {0} doit {1}\u{a0}: il manque des faits";
    ConflictOn: "the rules contradict each other on whether {0} must {1}",
        "les règles se contredisent sur le point de savoir si {0} doit {1}";
    Detail: "{0}: {1}", "{0}\u{a0}: {1}";
    DueAt: "by {0}", "avant le terme\u{a0}: {0}";
    OtherAt: "by another reading, by {0}", "selon une autre lecture, avant le terme\u{a0}: {0}";
    OtherBefore: "by another reading, before {0}", "selon une autre lecture, avant\u{a0}: {0}";
    ByRule: "by the rule {0}", "selon la règle {0}";
    NotByRule: "but not by the rule {0}", "mais non selon la règle {0}";
    Missing: "to be asked: {0}", "à demander\u{a0}: {0}";
    AssumedFact: "assumed, because nothing was said: {0}", "supposé, faute d’indication\u{a0}: {0}";
    AssumedEvent: "assumed not to have happened, because nothing was said: {0}",
        "supposé ne pas avoir eu lieu, faute d’indication\u{a0}: {0}";
    NeedsHuman: "a person must look at it", "une personne doit l’examiner";
    NeedsHumanBy: "a person must look at it, because of the rule {0}", "une personne doit l’examiner, du fait de la règle {0}";
    NotAskedBy: "the rule {0} asks for no person", "la règle {0} ne demande l’examen d’aucune personne";
    NeedsNobody: "no person needs to look at it", "aucune personne n’a à l’examiner";
    NextChange: "the answer next changes at {0}", "la réponse change ensuite à cet instant\u{a0}: {0}";
    NextChangeAfter: "the answer next changes just after {0}", "la réponse change ensuite juste après cet instant\u{a0}: {0}";
    NextChangeNever: "the answer does not change any more", "la réponse ne change plus";

    // Norms, safeguards, questions, lists.
    BorneBy: "Who: {0}", "Qui\u{a0}: {0}";
    ForEach: "one for each member of the list {0}", "un pour chaque membre de la liste {0}";
    DoneAt: "done at {0}", "accompli\u{a0}: {0}";
    BrokenAt: "broken at {0}", "enfreint\u{a0}: {0}";
    DefaultMust: "by default: due", "par défaut\u{a0}: dû";
    DefaultMay: "by default: permitted", "par défaut\u{a0}: permis";
    DefaultMustNot: "by default: prohibited", "par défaut\u{a0}: interdit";
    Protected: "protected: no rule can open it unless", "protégé\u{a0}: aucune règle ne peut l’ouvrir, sauf";
    ProtectedOf: "protected ({0}): no rule can open it unless", "protégé ({0})\u{a0}: aucune règle ne peut l’ouvrir, sauf";
    SpokenOfBy: "Rules that speak of it: {0}", "Règles qui en parlent\u{a0}: {0}";
    AlwaysMust: "{0} <b>must</b> {1}", "{0} <b>doit</b> {1}";
    AlwaysMay: "{0} <b>may</b> {1}", "{0} <b>peut</b> {1}";
    AlwaysMustNot: "{0} <b>must not</b> {1}", "{0} <b>ne doit pas</b> {1}";
    NeverMust: "no answer says that {0} <b>must</b> {1}", "aucune réponse ne dit que {0} <b>doit</b> {1}";
    NeverMay: "no answer says that {0} <b>may</b> {1}", "aucune réponse ne dit que {0} <b>peut</b> {1}";
    NeverMustNot: "no answer says that {0} <b>must not</b> {1}", "aucune réponse ne dit que {0} <b>ne doit pas</b> {1}";
    InEveryCase: "In every case: {0}.", "Dans tous les cas\u{a0}: {0}.";
    Unless: "{0}, unless:", "{0}, sauf\u{a0}:";
    Wherever: "{0}, where:", "{0}, lorsque\u{a0}:";
    YesOrNo: "yes or no", "oui ou non";
    OneOf: "one of the list {0}", "un élément de la liste {0}";
    AnyOfList: "any of the list {0}", "des éléments de la liste {0}";
    ANumber: "a number from {0} to {1}", "un nombre de {0} à {1}";
    AnAmount: "an amount", "un montant";
    AnInstant: "a date and time", "une date et une heure";
    Presumed: "{0}; presumed where nothing is said: {1}", "{0}\u{a0}; présumé faute d’indication\u{a0}: {1}";
    Asked: "<b>{0}</b> {1} {2}", "<b>{0}</b> {1} {2}";
    AskedBare: "{0} {1}", "{0} {1}";
    Labelled: "{0} {1}", "{0} {1}";
    Members: "Members: {0}", "Membres\u{a0}: {0}";
    Weekend: "Weekend: {0}.", "Fin de semaine\u{a0}: {0}.";
    Covers: "Years covered: {0} to {1}.", "Années couvertes\u{a0}: {0} à {1}.";
    Holiday: "{0}: {1}", "{0}\u{a0}: {1}";
    Holidays: "Holidays: {0}", "Jours fériés\u{a0}: {0}";
    Monday: "Monday", "lundi";
    Tuesday: "Tuesday", "mardi";
    Wednesday: "Wednesday", "mercredi";
    Thursday: "Thursday", "jeudi";
    Friday: "Friday", "vendredi";
    Saturday: "Saturday", "samedi";
    Sunday: "Sunday", "dimanche";

    // A page.
    AllPacks: "All packs", "Tous les jeux de règles";
    Pages: "Pages", "Pages";
    Skip: "Skip to the text", "Aller au texte";
    Contents: "Contents", "Sommaire";
    Source: "Instrument", "Texte";
    Status: "Status", "Statut";
    ForceDays: "In force", "En vigueur";
    JudgedBy: "Which law", "Quel droit";
    DayWhen: "that of the day on which {0}; until then, that of the day of the question",
        "celui du jour où {0}\u{a0}; d’ici là, celui du jour de la question";
    DayOf: "that of the day that answers “{0}”; until then, that of the day of the question",
        "celui du jour qui répond à «\u{a0}{0}\u{a0}»\u{a0}; d’ici là, celui du jour de la question";
    Uses: "Builds on", "S’appuie sur";
    TestedBy: "Scenarios in", "Scénarios dans";
    StatusLaw: "Law", "Droit positif";
    StatusAnnounced: "Announced, not law: it decides only where the house adopts it",
        "Annoncé, sans valeur de loi\u{a0}: ne décide que s’il est adopté en interne";
    StatusVoluntary: "Voluntary commitment, not law: it decides only where the house adopts it",
        "Engagement volontaire, sans valeur de loi\u{a0}: ne décide que s’il est adopté en interne";
    StatusRepealed: "Repealed", "Abrogé";
    StatusLapsed: "Lapsed", "Caduc";
    StatusAnnulled: "Annulled: it never applies", "Annulé\u{a0}: ne s’applique jamais";
    StatusVocabulary: "No rules of its own: shared words, calendars or scenarios",
        "Sans règle propre\u{a0}: vocabulaire, calendriers ou scénarios";
    TreesHead: "Rules and exceptions", "Règles et exceptions";
    TreesLead: "Below each rule stand the rules that take precedence over it where they apply. A full line: an exception. A broken line: a rule that overrides the one above.",
        "Sous chaque règle figurent celles qui l’emportent sur elle lorsqu’elles s’appliquent. Trait plein\u{a0}: une exception. Trait interrompu\u{a0}: une règle qui écarte celle du dessus.";
    RulesHead: "Rules", "Règles";
    TermsHead: "Terms", "Définitions";
    NormsHead: "Duties, rights and prohibitions spoken of", "Obligations, droits et interdictions en cause";
    PropertiesHead: "What always holds", "Ce qui vaut toujours";
    PropertiesLead: "Proved over every possible case when these rules were compiled, with all rules that stand beside them.",
        "Prouvé pour tous les cas possibles lors de la compilation de ces règles, avec toutes celles qui les accompagnent.";
    ScenariosHead: "Scenarios", "Scénarios";
    ScenariosLead: "Each is a test: these facts must give this answer.",
        "Chacun est un test\u{a0}: ces faits doivent donner cette réponse.";
    QuestionsHead: "Questions", "Questions";
    ListsHead: "Lists", "Listes";
    CalendarsHead: "Calendars", "Calendriers";
    Foot: "Written by Exequatur {0} from the rules themselves. It explains them, and is no legal advice.",
        "Établi par Exequatur {0} à partir des règles elles-mêmes. Cette page les explique et n’est pas un conseil juridique.";
    IndexTitle: "Packs of rules", "Jeux de règles";
    IndexRules: "Instruments and policies", "Textes et politiques";
    IndexWords: "Words and calendars", "Vocabulaire et calendriers";
    IndexScenarios: "Packs of scenarios", "Jeux de scénarios";
    CountRules: "rules: {0}; scenarios: {1}", "règles\u{a0}: {0}\u{a0}; scénarios\u{a0}: {1}";

    // The table of deadlines.
    ColInstrument: "instrument", "texte";
    ColRule: "rule", "règle";
    ColWho: "who may order", "qui peut ordonner";
    ColWhat: "what", "quoi";
    ColDeadline: "deadline", "délai";
    ColClock: "clock starts at", "point de départ";
    ColUser: "user notification", "information de l’utilisateur";
    ColSanction: "sanction", "sanction";
    ColStatus: "status", "statut";
    ColChecked: "checked", "vérification";
    Verified: "verified", "vérifié";
    Secondary: "secondary", "secondaire";
    Recalled: "recalled", "de mémoire";
    ValidatedBy: "validated by {0}", "avec validation\u{a0}: {0}";
    ReportedBy: "reported by {0}", "signalé par\u{a0}: {0}";
    OfState: "of {0}", "État\u{a0}: {0}";
    ShortWithin: "within {0}", "sous {0}";
    ShortLess: "in less than {0}", "en moins de {0}";
    ShortNoEarlier: "no earlier than {0}", "pas avant {0}";
    ShortAtEnd: "at the end of {0}", "à l’expiration de {0}";
    ShortFor: "for {0}", "pendant {0}";
    ShortBefore: "at least {0} before", "au moins {0} avant";
    ShortBy: "at the latest then", "au plus tard alors";
    ShortUntil: "until then", "jusqu’alors";
    ShortUndueDelay: "without undue delay", "sans retard injustifié";
    ShortExpeditiously: "expeditiously", "promptement";
    ShortForATime: "for a time", "pour un temps";
    OtherLength: "or, by another reading, {0}", "ou, selon une autre lecture, {0}";
    OtherFrom: ", from: {0}", ", dès\u{a0}: {0}";
    ByRegime: " ({0})", " ({0})";
    ElapsedTime: " (elapsed time)", " (temps écoulé)";
    InList: "a State in {0}", "un État de {0}";
    OrElse: "; or ", "\u{a0}; ou ";
    AsTerm: "as the term “{0}” says", "selon la définition «\u{a0}{0}\u{a0}»";
    WordMust: "must", "doit";
    WordMay: "may", "peut";
    WordMustNot: "must not", "ne doit pas";
    WordLifted: "no longer", "ne vaut plus";
}
