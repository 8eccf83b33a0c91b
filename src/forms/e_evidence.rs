//! Annex III of Reg. (EU) 2023/1543: why a European Production or Preservation Order is not executed.
//!
//! Source: the fields and codes of `tests/forms/order_form_fields.json` (`tests/forms.rs` compares them).
//! Names, file numbers and explanations are no facts of the rules, and are left to who sends the form.

use super::table::{Cond, Field, Form, Need, Row, Source, Test, coded, taken, written};

const REASONS: &[&str] = &[
    "incomplete",
    "manifest_errors",
    "insufficient_information",
    "data_not_stored_by_provider_at_receipt",
    "de_facto_impossibility",
    "not_issued_or_validated_by_art4_authority",
    "offence_not_covered_art5_4",
    "service_not_covered",
    "immunities_privileges_or_press_freedom",
    "third_country_conflict",
];

/// Who may issue or validate an order to produce traffic or content data: art. 4(2).
const JUDGES: &[&str] = &["judge", "court", "investigating_judge"];
/// Who may issue or validate every other order: art. 4(1), 4(3).
const JUDGES_AND_PROSECUTORS: &[&str] = &["judge", "court", "investigating_judge", "prosecutor"];

const NOT_ART_4: &[&str] = &["not_issued_or_validated_by_art4_authority"];
const NOT_ART_5_4: &[&str] = &["offence_not_covered_art5_4"];
const PRIVILEGE: &[&str] = &["immunities_privileges_or_press_freedom"];
const CONFLICT: &[&str] = &["third_country_conflict"];

const fn on(when: &'static [Test], then: &'static [&'static str]) -> Row {
    Row { when, then }
}

const ROWS: &[Row] = &[
    // One fact stands for all three.
    on(
        &[Test::True("order.manifest_error")],
        &["incomplete", "manifest_errors", "insufficient_information"],
    ),
    // Another reason, of which the rules say no more.
    on(
        &[Test::True("epoc.obstacle")],
        &[
            "data_not_stored_by_provider_at_receipt",
            "service_not_covered",
        ],
    ),
    on(
        &[Test::True("order.impossible")],
        &["de_facto_impossibility"],
    ),
    // To produce traffic or content data: art. 4(2).
    on(
        &[
            Test::In("order.kind", &["epoc"]),
            Test::Includes("order.data", "traffic"),
            Test::NotIn("order.issuer", JUDGES),
            Test::NotIn("order.validated_by", JUDGES),
        ],
        NOT_ART_4,
    ),
    on(
        &[
            Test::In("order.kind", &["epoc"]),
            Test::Includes("order.data", "content"),
            Test::NotIn("order.issuer", JUDGES),
            Test::NotIn("order.validated_by", JUDGES),
        ],
        NOT_ART_4,
    ),
    // To produce other data, and to preserve any: art. 4(1), 4(3). Without validation only in an emergency in which it could
    // not be had in time: art. 4(5).
    on(
        &[
            Test::NotIn("order.issuer", JUDGES_AND_PROSECUTORS),
            Test::NotIn("order.validated_by", JUDGES_AND_PROSECUTORS),
            Test::False("order.unvalidated_allowed"),
        ],
        NOT_ART_4,
    ),
    on(
        &[
            Test::In("order.kind", &["epoc"]),
            Test::Includes("order.data", "traffic"),
            Test::Below("offence.max_years", 3),
            Test::False("offence.listed"),
        ],
        NOT_ART_5_4,
    ),
    on(
        &[
            Test::In("order.kind", &["epoc"]),
            Test::Includes("order.data", "content"),
            Test::Below("offence.max_years", 3),
            Test::False("offence.listed"),
        ],
        NOT_ART_5_4,
    ),
    on(&[Test::True("order.shows_privilege")], PRIVILEGE),
    on(&[Test::True("epoc.protected_there")], PRIVILEGE),
    on(&[Test::True("epoc.foreign_bar")], CONFLICT),
    on(&[Test::Must("epoc.object")], CONFLICT),
];

const ABROAD: Need = Need::If(Cond::Has("D.reasons", "third_country_conflict"));

const FIELDS: &[Field] = &[
    coded(
        "A.certificate",
        Need::Required,
        &["EPOC", "EPOC-PR"],
        &[Source::Rows(&[
            on(&[Test::In("order.kind", &["epoc"])], &["EPOC"]),
            on(&[Test::In("order.kind", &["epoc_pr"])], &["EPOC-PR"]),
        ])],
    ),
    written(
        "B.issuing_authority",
        Need::Required,
        "the issuing authority",
        "l'autorité d'émission",
    ),
    written(
        "B.file_no",
        Need::Required,
        "the file number of the issuing authority",
        "le numéro de dossier de l'autorité d'émission",
    ),
    written(
        "B.validating",
        Need::Optional,
        "the validating authority, where there is one",
        "l'autorité de validation, s'il y en a une",
    ),
    taken(
        "B.date_issue",
        Need::Required,
        &[Source::Day(&["order.issued"])],
    ),
    taken(
        "B.date_receipt",
        Need::Required,
        &[Source::Day(&["order.received"])],
    ),
    written(
        "B.enforcing",
        Need::Optional,
        "the enforcing authority, where it is known",
        "l'autorité d'exécution, si elle est connue",
    ),
    written(
        "C.addressee",
        Need::Required,
        "the addressee",
        "le destinataire",
    ),
    written(
        "C.addressee_file_no",
        Need::Required,
        "the addressee's own file number",
        "le numéro de dossier du destinataire",
    ),
    coded("D.reasons", Need::Required, REASONS, &[Source::Rows(ROWS)]).many(),
    written(
        "D.explanation",
        Need::Required,
        "an explanation of the reasons",
        "l'explication des motifs",
    ),
    written(
        "E.law_title",
        ABROAD,
        "the title of the third country's law",
        "l'intitulé de la loi du pays tiers",
    ),
    written(
        "E.provisions_text",
        ABROAD,
        "the text of its provisions",
        "le texte de ses dispositions",
    ),
    coded(
        "E.nature",
        ABROAD,
        &[
            "fundamental_rights_of_individuals",
            "national_security_defence_interests",
            "other_interests",
        ],
        &[],
    )
    .else_write("what that law protects", "ce que protège cette loi"),
    written(
        "E.why_applicable",
        ABROAD,
        "why that law applies",
        "pourquoi cette loi s'applique",
    ),
    written(
        "E.why_conflict",
        ABROAD,
        "why it is in conflict with the order",
        "pourquoi elle contredit l'injonction",
    ),
    written(
        "E.link_provider_third_country",
        ABROAD,
        "the link between the provider and the third country",
        "le lien entre le fournisseur et le pays tiers",
    ),
    written(
        "E.consequences_penalties",
        ABROAD,
        "what compliance with the order would entail there",
        "ce qu'entraînerait là-bas l'exécution de l'injonction",
    ),
    written(
        "E.additional",
        Need::Within(Cond::Has("D.reasons", "third_country_conflict")),
        "further information",
        "d'autres informations",
    ),
    written(
        "F.clarification_requested",
        Need::If(Cond::HasAny(
            "D.reasons",
            &["incomplete", "manifest_errors", "insufficient_information"],
        )),
        "what the issuing authority is asked to clarify",
        "ce que l'autorité d'émission est priée de préciser",
    ),
    coded(
        "G.preservation",
        Need::Required,
        &[
            "preserved_until_produced_or_released",
            "not_preserved_exceptional",
        ],
        &[Source::Rows(&[on(
            &[Test::Happened("data.preserved")],
            &["preserved_until_produced_or_released"],
        )])],
    ),
    written(
        "H.representative",
        Need::Required,
        "the designated establishment or legal representative",
        "l'établissement désigné ou le représentant légal",
    ),
    written(
        "H.contact",
        Need::Required,
        "its contact details",
        "ses coordonnées",
    ),
    written(
        "H.authorised_person",
        Need::Required,
        "the name of the authorised person",
        "le nom de la personne autorisée",
    ),
    written(
        "H.date",
        Need::Required,
        "the day of the form",
        "la date du formulaire",
    ),
    written(
        "H.signature",
        Need::Required,
        "the signature",
        "la signature",
    ),
];

/// Annex III: information on the impossibility of executing the certificate.
pub const NON_EXECUTION: Form = Form {
    name: "epoc-annex-iii",
    basis: "Reg. (EU) 2023/1543 art. 10(6)-(8), 11(5)-(7), 17(1)-(2), Annex III",
    norms: &[
        "epoc.send_form",
        "notify_impossibility",
        "request_clarification",
        "epoc.object",
    ],
    fields: FIELDS,
    checks: &[],
};
