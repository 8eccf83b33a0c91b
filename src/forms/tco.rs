//! Annex II and Annex III of Reg. (EU) 2021/784: what a hosting service answers to a removal order.
//!
//! Source: the fields and codes of `tests/forms/order_form_fields.json` (`tests/forms.rs` compares them).
//! Names, references and addresses are no facts of the rules, and are left to who sends the form.

use super::table::{Cond, Field, Form, Need, Row, Source, Test, coded, taken, written};

const ADDRESSEE: Field = written(
    "A.addressee",
    Need::Required,
    "the hosting service provider, or its legal representative",
    "le fournisseur de services d'hébergement, ou son représentant légal",
);
const AUTHORITY: Field = written(
    "A.authority",
    Need::Required,
    "the authority that issued the removal order",
    "l'autorité qui a émis l'injonction de retrait",
);
const AUTHORITY_REF: Field = written(
    "A.authority_ref",
    Need::Required,
    "the reference of the authority",
    "le numéro de dossier de l'autorité",
);
const ADDRESSEE_REF: Field = written(
    "A.addressee_ref",
    Need::Required,
    "the addressee's own reference",
    "le numéro de dossier du destinataire",
);
const RECEIVED_AT: Field = taken(
    "A.received_at",
    Need::Required,
    &[Source::At(&["order.received"])],
);
const PROVIDER: Field = written(
    "C.provider_or_representative",
    Need::Required,
    "the name of the provider or of its legal representative",
    "le nom du fournisseur ou de son représentant légal",
);
const AUTHORISED: Field = written(
    "C.authorised_person",
    Need::Required,
    "the name of the authorised person",
    "le nom de la personne autorisée",
);

/// Access that was disabled in some States only is none of these: the form knows all Member States.
const MEASURE: &[Row] = &[
    Row {
        when: &[Test::Happened("content.removed")],
        then: &["removed"],
    },
    Row {
        when: &[Test::Happened("content.disabled")],
        then: &["access_disabled_all_member_states"],
    },
];

/// Annex II: feedback following removal or disabling of access.
pub const FEEDBACK: Form = Form {
    name: "tco-annex-ii",
    basis: "Reg. (EU) 2021/784 art. 3(6), Annex II",
    norms: &["report_effect"],
    fields: &[
        ADDRESSEE,
        AUTHORITY,
        AUTHORITY_REF,
        ADDRESSEE_REF,
        RECEIVED_AT,
        coded(
            "B.measure",
            Need::Required,
            &["removed", "access_disabled_all_member_states"],
            &[Source::Rows(MEASURE)],
        )
        .many(),
        taken(
            "B.measure_at",
            Need::Required,
            &[Source::At(&["content.removed", "content.disabled"])],
        ),
        PROVIDER,
        taken(
            "C.member_state",
            Need::Required,
            &[Source::Members("provider.state", "")],
        ),
        AUTHORISED,
        written(
            "C.contact_email",
            Need::Required,
            "the e-mail address of the authorised person",
            "l'adresse de courriel de la personne autorisée",
        ),
        written(
            "C.date",
            Need::Required,
            "the day of the form",
            "la date du formulaire",
        ),
    ],
    checks: &[],
};

/// One fact stands for errors and for too little information; a missing reason or location is too little information.
const REASON: &[Row] = &[
    Row {
        when: &[Test::True("order.impossible")],
        then: &["force_majeure_or_de_facto_impossibility"],
    },
    Row {
        when: &[Test::False("order.exact_location")],
        then: &["insufficient_information"],
    },
    Row {
        when: &[Test::False("order.reasons_given")],
        then: &["insufficient_information"],
    },
    Row {
        when: &[Test::True("order.manifest_error")],
        then: &["manifest_errors", "insufficient_information"],
    },
];

/// Annex III: the order cannot be executed.
pub const IMPOSSIBILITY: Form = Form {
    name: "tco-annex-iii",
    basis: "Reg. (EU) 2021/784 art. 3(7)-(8), Annex III",
    norms: &["notify_impossibility", "request_clarification"],
    fields: &[
        ADDRESSEE,
        AUTHORITY,
        AUTHORITY_REF,
        ADDRESSEE_REF,
        RECEIVED_AT,
        coded(
            "B.reason",
            Need::Required,
            &[
                "force_majeure_or_de_facto_impossibility",
                "manifest_errors",
                "insufficient_information",
            ],
            &[Source::Rows(REASON)],
        )
        .many(),
        written(
            "B.further_information",
            Need::If(Cond::Has(
                "B.reason",
                "force_majeure_or_de_facto_impossibility",
            )),
            "what makes execution impossible",
            "ce qui rend l'exécution impossible",
        ),
        written(
            "B.errors_or_clarification_needed",
            Need::If(Cond::HasAny(
                "B.reason",
                &["manifest_errors", "insufficient_information"],
            )),
            "which errors the order has, or which clarification is needed",
            "quelles erreurs contient l'injonction, ou quelles précisions sont nécessaires",
        ),
        PROVIDER,
        AUTHORISED,
        written(
            "C.contact",
            Need::Required,
            "the contact details of the authorised person",
            "les coordonnées de la personne autorisée",
        ),
        written(
            "C.signature",
            Need::Required,
            "the signature",
            "la signature",
        ),
        written(
            "C.time_date",
            Need::Required,
            "the time and day of the form",
            "l'heure et la date du formulaire",
        ),
    ],
    checks: &[],
};
