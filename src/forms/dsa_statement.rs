//! The statement of reasons of DSA art. 17, with the fields and codes of the Commission's database (art. 24(5)), API v2.
//!
//! Source: Impl. Reg. (EU) 2024/2835 as implemented in `digital-services-act/transparency-database` at commit 69e80a0b.
//! Invariant: which field is required, and when, is as `conditional_rules` of `tests/forms/dsa_sor_vocabulary.json` says
//! (`tests/forms.rs`). The names of the ends of restrictions, of additional categories and keywords, of the language and of
//! the product number are recalled: that file has no list of optional fields.

use super::dsa_codes::{
    ACCOUNT_TYPES, ACCOUNTS, ALSO_ILLEGAL, AUTOMATED_DECISIONS, AUTOMATED_DETECTIONS, CATEGORIES,
    CONTENT_TYPES, COUNTRIES, GROUNDS, KEYWORDS, KEYWORDS_OF, MONETARIES, PROVISIONS, SOURCE_TYPES,
    VISIBILITIES,
};
use super::table::{
    Check, Cond, Field, Form, Limit, Need, Row, Source, Test, coded, taken, written,
};

const ILLEGAL: Cond = Cond::Has("decision_ground", "DECISION_GROUND_ILLEGAL_CONTENT");
const INCOMPATIBLE: Cond = Cond::Has("decision_ground", "DECISION_GROUND_INCOMPATIBLE_CONTENT");

/// The norms that restrict content, by which a legal ground may be relied on.
const RESTRICTING: &[&str] = &[
    "takedown",
    "disable_access",
    "geo_block",
    "demote",
    "age_restrict",
    "restrict_interaction",
    "label_content",
    "suspend_account",
    "terminate_account",
    "suspend_service",
    "terminate_service",
    "suspend_payments",
    "terminate_payments",
];

/// What a restriction begins with.
const RESTRICTED: &[&str] = &[
    "content.removed",
    "content.disabled",
    "content.geo_blocked",
    "content.demoted",
    "content.age_restricted",
    "content.interaction_restricted",
    "content.labelled",
    "account.suspended",
    "account.terminated",
    "provision.suspended",
    "provision.terminated",
    "payments.suspended",
    "payments.terminated",
];

const fn on(when: &'static [Test], then: &'static [&'static str]) -> Row {
    Row { when, then }
}

/// What was done; a duty alone is no restriction yet.
const VISIBILITY: &[Row] = &[
    on(
        &[Test::Happened("content.removed")],
        &["DECISION_VISIBILITY_CONTENT_REMOVED"],
    ),
    on(
        &[Test::Happened("content.disabled")],
        &["DECISION_VISIBILITY_CONTENT_DISABLED"],
    ),
    on(
        &[Test::Happened("content.geo_blocked")],
        &["DECISION_VISIBILITY_CONTENT_DISABLED"],
    ),
    on(
        &[Test::Happened("content.demoted")],
        &["DECISION_VISIBILITY_CONTENT_DEMOTED"],
    ),
    on(
        &[Test::Happened("content.age_restricted")],
        &["DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED"],
    ),
    on(
        &[Test::Happened("content.interaction_restricted")],
        &["DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"],
    ),
    on(
        &[Test::Happened("content.labelled")],
        &["DECISION_VISIBILITY_CONTENT_LABELLED"],
    ),
];

const MONETARY: &[Row] = &[
    on(
        &[Test::Happened("payments.terminated")],
        &["DECISION_MONETARY_TERMINATION"],
    ),
    on(
        &[Test::Happened("payments.suspended")],
        &["DECISION_MONETARY_SUSPENSION"],
    ),
];

/// No fact says whether all of the service was meant.
const PROVISION: &[Row] = &[
    on(
        &[Test::Happened("provision.terminated")],
        &[
            "DECISION_PROVISION_PARTIAL_TERMINATION",
            "DECISION_PROVISION_TOTAL_TERMINATION",
        ],
    ),
    on(
        &[Test::Happened("provision.suspended")],
        &[
            "DECISION_PROVISION_PARTIAL_SUSPENSION",
            "DECISION_PROVISION_TOTAL_SUSPENSION",
        ],
    ),
];

const ACCOUNT: &[Row] = &[
    on(
        &[Test::Happened("account.terminated")],
        &["DECISION_ACCOUNT_TERMINATED"],
    ),
    on(
        &[Test::Happened("account.suspended")],
        &["DECISION_ACCOUNT_SUSPENDED"],
    ),
];

/// Illegality goes first: content may be illegal and breach the terms, too.
const GROUND: &[Row] = &[
    on(
        &[Test::True("content.illegal")],
        &["DECISION_GROUND_ILLEGAL_CONTENT"],
    ),
    on(
        &[Test::True("content.manifestly_illegal")],
        &["DECISION_GROUND_ILLEGAL_CONTENT"],
    ),
    on(
        &[Test::True("tco.breaches_terms")],
        &["DECISION_GROUND_INCOMPATIBLE_CONTENT"],
    ),
    on(
        &[Test::In("content.category", &["other_violation_tc"])],
        &["DECISION_GROUND_INCOMPATIBLE_CONTENT"],
    ),
];

const ALSO: &[Row] = &[
    on(&[Test::True("content.illegal")], &["Yes"]),
    on(&[Test::False("content.illegal")], &["No"]),
];

/// A trusted flagger is one whatever the form of the notice. What an authority or a rights holder sends is another
/// notification; the provider's own initiative is what it found when nobody had reported it.
const SOURCE: &[Row] = &[
    on(
        &[Test::In("order.kind", &["trusted_flagger_notice"])],
        &["SOURCE_TRUSTED_FLAGGER"],
    ),
    on(
        &[Test::In("content.reported_by", &["trusted_flagger"])],
        &["SOURCE_TRUSTED_FLAGGER"],
    ),
    on(
        &[Test::In("order.issuer", &["trusted_flagger"])],
        &["SOURCE_TRUSTED_FLAGGER"],
    ),
    on(
        &[Test::In("order.kind", &["dsa16_notice"])],
        &["SOURCE_ARTICLE_16"],
    ),
    on(
        &[Test::In(
            "order.kind",
            &[
                "dsa9_order",
                "tco_removal_order",
                "tco_referral",
                "national_order_act",
                "blocking_order",
                "court_injunction",
                "dmca_notice",
                "ncii_request",
                "csam_report",
            ],
        )],
        &["SOURCE_TYPE_OTHER_NOTIFICATION"],
    ),
    on(
        &[Test::Happened("content.reported")],
        &["SOURCE_TYPE_OTHER_NOTIFICATION"],
    ),
    on(
        &[
            Test::Happened("content.detected"),
            Test::In("content.reported_by", &["none"]),
        ],
        &["SOURCE_VOLUNTARY"],
    ),
];

const FIELDS: &[Field] = &[
    coded(
        "decision_visibility",
        Need::OneOf,
        VISIBILITIES,
        &[Source::Rows(VISIBILITY)],
    )
    .many(),
    written(
        "decision_visibility_other",
        Need::If(Cond::Has(
            "decision_visibility",
            "DECISION_VISIBILITY_OTHER",
        )),
        "which other restriction it is",
        "de quelle autre restriction il s'agit",
    )
    .within(Limit::Chars(500)),
    taken(
        "end_date_visibility_restriction",
        Need::Within(Cond::Given("decision_visibility")),
        &[Source::Day(&["content.reinstated"])],
    )
    .within(Limit::Days("", "2038-01-01"))
    .else_write(
        "the last day of the restriction; left blank, it is indefinite",
        "le dernier jour de la restriction ; laissé vide, elle est indéterminée",
    ),
    coded(
        "decision_monetary",
        Need::OneOf,
        MONETARIES,
        &[Source::Rows(MONETARY)],
    ),
    written(
        "decision_monetary_other",
        Need::If(Cond::Has("decision_monetary", "DECISION_MONETARY_OTHER")),
        "which other restriction it is",
        "de quelle autre restriction il s'agit",
    ),
    written(
        "end_date_monetary_restriction",
        Need::Within(Cond::Given("decision_monetary")),
        "the last day of the restriction; left blank, it is indefinite",
        "le dernier jour de la restriction ; laissé vide, elle est indéterminée",
    )
    .within(Limit::Days("", "2038-01-01")),
    coded(
        "decision_provision",
        Need::OneOf,
        PROVISIONS,
        &[Source::Rows(PROVISION)],
    ),
    written(
        "end_date_service_restriction",
        Need::Within(Cond::Given("decision_provision")),
        "the last day of the restriction; left blank, it is indefinite",
        "le dernier jour de la restriction ; laissé vide, elle est indéterminée",
    )
    .within(Limit::Days("", "2038-01-01")),
    coded(
        "decision_account",
        Need::OneOf,
        ACCOUNTS,
        &[Source::Rows(ACCOUNT)],
    ),
    written(
        "end_date_account_restriction",
        Need::Within(Cond::Given("decision_account")),
        "the last day of the restriction; left blank, it is indefinite",
        "le dernier jour de la restriction ; laissé vide, elle est indéterminée",
    )
    .within(Limit::Days("", "2038-01-01")),
    coded("account_type", Need::Optional, ACCOUNT_TYPES, &[]).else_write(
        "whether it is a business or a private account",
        "s'il s'agit d'un compte professionnel ou privé",
    ),
    coded(
        "decision_ground",
        Need::Required,
        GROUNDS,
        &[Source::Rows(GROUND)],
    ),
    taken(
        "illegal_content_legal_ground",
        Need::If(ILLEGAL),
        &[Source::Cites(RESTRICTING)],
    )
    .within(Limit::Chars(500))
    .else_write(
        "the legal ground on which the content is illegal",
        "le fondement juridique de l'illicéité du contenu",
    ),
    written(
        "illegal_content_explanation",
        Need::If(ILLEGAL),
        "why the content is illegal on that ground",
        "pourquoi le contenu est illicite sur ce fondement",
    )
    .within(Limit::Chars(2000)),
    written(
        "incompatible_content_ground",
        Need::If(INCOMPATIBLE),
        "which clause of the terms and conditions is relied on",
        "quelle clause des conditions générales est invoquée",
    )
    .within(Limit::Chars(500)),
    written(
        "incompatible_content_explanation",
        Need::If(INCOMPATIBLE),
        "why the content is incompatible with that clause",
        "pourquoi le contenu est incompatible avec cette clause",
    )
    .within(Limit::Chars(2000)),
    coded(
        "incompatible_content_illegal",
        Need::Within(INCOMPATIBLE),
        ALSO_ILLEGAL,
        &[Source::Rows(ALSO)],
    ),
    coded(
        "category",
        Need::Required,
        CATEGORIES,
        &[Source::Members("content.category", "STATEMENT_CATEGORY_")],
    ),
    coded("category_addition", Need::Optional, CATEGORIES, &[])
        .many()
        .else_write(
            "further categories, if there are any",
            "d'autres catégories, s'il y en a",
        ),
    coded(
        "category_specification",
        Need::Optional,
        KEYWORDS,
        &[Source::Members("content.keywords", "KEYWORD_")],
    )
    .many(),
    written(
        "category_specification_other",
        Need::Within(Cond::Has("category_specification", "KEYWORD_OTHER")),
        "what no keyword captures",
        "ce que ne couvre aucun mot-clé",
    ),
    coded(
        "content_type",
        Need::Required,
        CONTENT_TYPES,
        &[Source::Members("content.media", "CONTENT_TYPE_")],
    )
    .many(),
    written(
        "content_type_other",
        Need::If(Cond::Has("content_type", "CONTENT_TYPE_OTHER")),
        "what kind of content it is",
        "de quel type de contenu il s'agit",
    ),
    written(
        "content_language",
        Need::Optional,
        "the language of the content, in two letters",
        "la langue du contenu, en deux lettres",
    ),
    taken(
        "content_date",
        Need::Required,
        &[Source::Day(&["content.published"])],
    )
    .within(Limit::Days("2000-01-01", "2038-01-01")),
    coded(
        "territorial_scope",
        Need::Optional,
        COUNTRIES,
        &[
            Source::Members("order.scope", ""),
            Source::Places(RESTRICTING),
        ],
    )
    .many(),
    taken(
        "application_date",
        Need::Required,
        &[Source::Day(RESTRICTED)],
    )
    .within(Limit::Days("2020-01-01", "2038-01-01")),
    written(
        "decision_facts",
        Need::Required,
        "the facts and circumstances relied on, without personal data",
        "les faits et circonstances retenus, sans données à caractère personnel",
    )
    .within(Limit::Chars(5000)),
    coded(
        "source_type",
        Need::Required,
        SOURCE_TYPES,
        &[Source::Rows(SOURCE)],
    ),
    written(
        "source_identity",
        Need::Within(Cond::HasOther("source_type", "SOURCE_VOLUNTARY")),
        "who notified, only where strictly necessary",
        "qui a notifié, seulement si c'est strictement nécessaire",
    )
    .within(Limit::Chars(500)),
    coded(
        "automated_detection",
        Need::Required,
        AUTOMATED_DETECTIONS,
        &[],
    )
    .else_write(
        "whether the content was detected by automated means",
        "si le contenu a été détecté par des moyens automatisés",
    ),
    coded(
        "automated_decision",
        Need::Required,
        AUTOMATED_DECISIONS,
        &[],
    )
    .else_write(
        "how far the decision was taken by automated means",
        "dans quelle mesure la décision a été automatisée",
    ),
    written(
        "puid",
        Need::Required,
        "the provider's own identifier of the statement: letters, digits, `-` and `_`",
        "l'identifiant de l'exposé chez le fournisseur : lettres, chiffres, `-` et `_`",
    )
    .within(Limit::Chars(500)),
    written(
        "content_id",
        Need::Optional,
        "of a product, its EAN-13: thirteen digits",
        "d'un produit, son EAN-13 : treize chiffres",
    ),
];

/// The statement of reasons.
pub const STATEMENT: Form = Form {
    name: "dsa-statement",
    basis: "Reg. (EU) 2022/2065 art. 17(3), 24(5); Impl. Reg. (EU) 2024/2835",
    norms: &["state_reasons", "submit_database"],
    fields: FIELDS,
    checks: &[Check::Under {
        field: "category_specification",
        of: "category",
        lists: KEYWORDS_OF,
        but: "KEYWORD_OTHER",
    }],
};
