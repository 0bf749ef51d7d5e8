//! Who may do what: one table, read by every handler. Default deny.
//!
//! Which *matters* an office sees is not decided here but by [`netra_store::Scope`]; this table
//! says what a role may do with the matters that its office sees.

use netra_docket::matter::Matter;
use netra_docket::steps::StepKind;
use netra_store::{NoticeKind, Office, OfficeKind, Privacy, Role, TokenScope};

/// Something that a page lets people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the list of the office's matters.
    SeeQueue,
    /// Bring in news, see what was read in them, set them aside; see [`may_as_supervisor`]. Opening a matter from them is a step.
    HandleLeads,
    /// Open a matter, its papers and its exhibits.
    OpenMatter,
    /// See names, accounts of events and exhibits.
    SeePrivate,
    /// Take a step.
    Take(StepKind),
    /// Fetch the dossier.
    FetchDossier,
    /// See and fetch the bundles that came from other offices.
    SeeInbox,
    /// Read what reporter and office wrote to one another; see also [`sees_messages`].
    ReadMessages,
    /// Make a link by which the reporter is told on WhatsApp; see also [`may_inform_reporter`].
    InformReporter,
    /// Say in a receipt what has become of a bundle, and take its acts in.
    AnswerBundle,
    /// Send a matter to another office over the network; see [`may_send`].
    SendBundle,
    /// Note by hand that an exhibit was handed over or given back; see [`may_with_exhibit`].
    NoteCustody,
    /// Make a copy of a picture for the public; see [`may_with_exhibit`].
    CopyForPublic,
    /// See load and outcomes of the offices below.
    SeeOverview,
    /// Judge the clocks of past cases that a sheet tells of; reads no matter of the store.
    AuditFiles,
    /// See what the office did to prevent violations, and whom it reached.
    SeePrevention,
    /// Change the office's list of those whom prevention addresses.
    KeepRecipients,
    /// See the vulnerability of the regions of the office and of those below it.
    SeeVulnerability,
    /// Type values of indicators.
    EnterIndicators,
    /// Manage accounts and offices.
    Administer,
    /// See the lists of people, compare them, and review pairs; only in a supervisor's office.
    WatchLists,
    /// Import lists of people and delete them.
    KeepLists,
    /// Close the account of an officer who leaves, and give all its matters to another one without seeing them.
    HandOver,
    /// Read the log of what happened to accounts.
    SeeAccountLog,
    /// See what the standing checks found in the whole store, and run them; see also [`sees_health`].
    SeeHealth,
}

/// How an office relates to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It handles the matter, or will once it is opened.
    Handles,
    /// It gave the matter away and may follow it.
    GaveAway,
    /// The matter was forwarded to it.
    Received,
}

/// How an office relates to a matter.
pub fn relation(office: &Office, matter: &Matter) -> Relation {
    if !office.kind.is_supervisor() {
        Relation::Received
    } else if matter.office == office.id {
        Relation::Handles
    } else {
        Relation::GaveAway
    }
}

const INTAKE: &[StepKind] = &[
    StepKind::ReceiveReport,
    StepKind::ReceiveTip,
    StepKind::RecordInformation,
    StepKind::IssueReceipt,
    StepKind::ReceiveRepair,
    StepKind::AddExhibit,
    StepKind::AddPerson,
    StepKind::Withdraw,
    StepKind::ProtectIdentity,
    StepKind::WriteReporter,
    StepKind::Correct,
];

/// Handling staff prepare everything; what the law gives to plenary stays with the commissioners, and so does the
/// second word on what is gone for ever. What the reporter writes comes from nobody else.
const NOT_HANDLING: &[StepKind] =
    &[StepKind::FixFinding, StepKind::DecidePlenary, StepKind::ConfirmErasure, StepKind::TakeMessage];

/// Commissioners decide, register, forward and speak to the public; they also may do what is urgent in between.
const PLENARY: &[StepKind] = &[
    StepKind::InitialStudy,
    StepKind::Register,
    StepKind::Reject,
    StepKind::MakeInitialInformation,
    StepKind::OrderTracing,
    StepKind::FixFinding,
    StepKind::DeclareCrime,
    StepKind::ExtendHandling,
    StepKind::DecidePlenary,
    StepKind::Forward,
    StepKind::AnnounceStatus,
    StepKind::PublishStatement,
    StepKind::Delegate,
    StepKind::TakeOver,
    StepKind::Assign,
    StepKind::AdviseCorrection,
    StepKind::RecordPrevention,
    StepKind::AnswerPrevention,
    StepKind::ProtectIdentity,
    StepKind::OpenIdentity,
    StepKind::ProposeErasure,
    StepKind::ConfirmErasure,
    StepKind::WriteReporter,
    StepKind::Correct,
];

const AUTHORITY: &[StepKind] = &[
    StepKind::ConfirmDelivery,
    StepKind::ReturnForwarding,
    StepKind::VerifyForwarding,
    StepKind::ExamineAtAuthority,
    StepKind::CloseAtAuthority,
    StepKind::ReceiveRecommendation,
    StepKind::PressEmployer,
];

const EMPLOYER: &[StepKind] = &[
    StepKind::ConfirmRecommendation,
    StepKind::SummonEmployee,
    StepKind::RecordEmployeeAbsence,
    StepKind::FormTeam,
    StepKind::ExamineEmployee,
    StepKind::ReportSanction,
    StepKind::ServeDecision,
    StepKind::LodgeAppeal,
    StepKind::DecideAppeal,
];

/// Whether a role may do something, whatever the matter.
pub fn may(role: Role, action: Action) -> bool {
    use Action::{
        Administer, AnswerBundle, AuditFiles, CopyForPublic, EnterIndicators, FetchDossier, HandOver, HandleLeads,
        InformReporter, KeepLists, KeepRecipients, NoteCustody, OpenMatter, ReadMessages, SeeAccountLog, SeeHealth,
        SeeInbox, SeeOverview, SeePrevention, SeePrivate, SeeQueue, SeeVulnerability, SendBundle, Take, WatchLists,
    };
    match (role, action) {
        (Role::Administration, Administer | HandOver | SeeAccountLog | SeeHealth) => true,
        (Role::Administration, _) => false,
        (Role::Oversight, SeeOverview | AuditFiles | SeeVulnerability) => true,
        (Role::Oversight, _) => false,
        (_, Administer | HandOver | SeeAccountLog | SeeOverview | SeeHealth) => false,
        (Role::Intake | Role::Authority | Role::Employer, AuditFiles) => false,
        (_, AuditFiles) => true,
        (Role::Handling | Role::Plenary, SeePrevention | KeepRecipients | SeeVulnerability | EnterIndicators) => true,
        (Role::Intake, SeePrevention) => true,
        (_, SeePrevention | KeepRecipients | SeeVulnerability | EnterIndicators) => false,
        (_, SeeQueue | OpenMatter | SeePrivate) => true,
        (Role::Handling, WatchLists | KeepLists) | (Role::Plenary, WatchLists) => true,
        (_, WatchLists | KeepLists) => false,
        (Role::Intake | Role::Handling, HandleLeads) => true,
        (_, HandleLeads) => false,
        (Role::Authority | Role::Employer, ReadMessages | InformReporter) => false,
        (_, ReadMessages | InformReporter) => true,
        (Role::Intake, FetchDossier | SeeInbox | AnswerBundle | SendBundle) => false,
        (_, FetchDossier | SeeInbox | AnswerBundle | SendBundle) => true,
        (Role::Authority | Role::Employer, NoteCustody | CopyForPublic) => false,
        (Role::Intake, CopyForPublic) => false,
        (_, NoteCustody | CopyForPublic) => true,
        (Role::Intake, Take(step)) => INTAKE.contains(&step),
        (Role::Handling, Take(step)) => !NOT_HANDLING.contains(&step),
        (Role::Plenary, Take(step)) => PLENARY.contains(&step),
        (Role::Authority, Take(step)) => AUTHORITY.contains(&step),
        (Role::Employer, Take(step)) => EMPLOYER.contains(&step),
    }
}

/// Whether a role needs a second factor to log in: whoever may open a protected identity, and whoever may make or
/// change accounts, because that leads to the same.
pub fn needs_second_factor(role: Role) -> bool {
    may(role, Action::Administer) || may(role, Action::Take(StepKind::OpenIdentity))
}

/// Whether a role can be responsible for matters, and take those of an officer who leaves.
pub fn can_own_matters(role: Role) -> bool {
    may(role, Action::OpenMatter)
}

/// Whether a role of an office may take a step in a matter that the office sees.
pub fn may_take(role: Role, relation: Relation, step: StepKind) -> bool {
    let fits = match relation {
        Relation::Handles => !matches!(role, Role::Authority | Role::Employer),
        Relation::GaveAway => false,
        Relation::Received => matches!(role, Role::Authority | Role::Employer),
    };
    fits && may(role, Action::Take(step))
}

/// Whether a role of an office may do something with the exhibits of a matter: only where the office handles it.
pub fn may_with_exhibit(role: Role, relation: Relation, action: Action) -> bool {
    relation == Relation::Handles && may(role, action)
}

/// Whether a role of an office may do something that only supervisors do, whatever the role is called elsewhere: look for
/// news leads, hold lists of people against one another, prevent.
pub fn may_as_supervisor(role: Role, office: &Office, action: Action) -> bool {
    office.kind.is_supervisor() && may(role, action)
}

/// Whether a role of an office may open a matter from a lead: whoever may record initial information.
pub fn opens_leads(role: Role, office: &Office) -> bool {
    may_as_supervisor(role, office, Action::HandleLeads)
        && may_take(role, Relation::Handles, StepKind::RecordInformation)
}

/// Whether a role of an office may send a matter to another office: only where the docket is its own, or it handles the
/// matter. What was merely shown to it, it does not pass on.
pub fn may_send(role: Role, office: &Office, matter: &Matter) -> bool {
    (matter.home == office.id || matter.office == office.id) && may(role, Action::SendBundle)
}

/// Whether an office sees what another one typed into the log of an exhibit: what supervisors note stays among them.
pub fn sees_custody_notes(relation: Relation) -> bool {
    relation != Relation::Received
}

/// Whether a role of an office reads what reporter and office wrote to one another: never where the matter was forwarded to,
/// because the reporter stays unknown there.
pub fn sees_messages(role: Role, relation: Relation) -> bool {
    relation != Relation::Received && may(role, Action::ReadMessages)
}

/// Whether a role of an office may tell the reporter something outside this program: only where the office handles the matter.
pub fn may_inform_reporter(role: Role, relation: Relation) -> bool {
    relation == Relation::Handles && may(role, Action::InformReporter)
}

/// Whether a role may be told of something at all: whoever may not see it is not told of it either. Whether the matter lies
/// on the desk of its office is asked beside this.
pub fn may_hear(role: Role, kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::BundleArrived => may(role, Action::SeeInbox),
        NoticeKind::SecondPerson => may(role, Action::OpenMatter) && may(role, Action::Take(StepKind::ConfirmErasure)),
        NoticeKind::ReporterMessage | NoticeKind::EvidenceArrived | NoticeKind::RepairArrived => {
            may(role, Action::ReadMessages)
        }
        NoticeKind::Assigned
        | NoticeKind::ClockTomorrow
        | NoticeKind::ClockToday
        | NoticeKind::ClockOverdue
        | NoticeKind::DatesMoved
        | NoticeKind::ReportArrived
        | NoticeKind::MatterArrived
        | NoticeKind::ForwardingArrived => may(role, Action::OpenMatter),
        NoticeKind::FloodSummary | NoticeKind::Digest => true,
    }
}

/// Whether something concerns a role of an office where nobody is responsible for the matter.
pub fn concerns(role: Role, kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::ReportArrived => role == Role::Intake,
        NoticeKind::ReporterMessage | NoticeKind::EvidenceArrived | NoticeKind::RepairArrived => {
            matches!(role, Role::Intake | Role::Handling)
        }
        NoticeKind::ClockTomorrow | NoticeKind::ClockToday | NoticeKind::ClockOverdue | NoticeKind::DatesMoved => {
            role == Role::Handling
        }
        NoticeKind::MatterArrived => matches!(role, Role::Handling | Role::Plenary),
        NoticeKind::ForwardingArrived => matches!(role, Role::Authority | Role::Employer),
        NoticeKind::BundleArrived | NoticeKind::SecondPerson => may_hear(role, kind),
        NoticeKind::Assigned | NoticeKind::FloodSummary | NoticeKind::Digest => false,
    }
}

/// Whether an office stands at the top of a system: the national one, or a supervisor without any above. What
/// is checked there are matters of all offices, so that authorities and employers never are at the top.
pub fn is_top(office: &Office) -> bool {
    office.kind == OfficeKind::National || (office.kind.is_supervisor() && office.parent.is_none())
}

/// Whether a role of an office may see what the standing checks found, and run them. Where there is a national
/// office among all offices, it is for that one alone.
pub fn sees_health(role: Role, office: &Office, all: &[Office]) -> bool {
    let national = |office: &Office| office.kind == OfficeKind::National;
    may(role, Action::SeeHealth) && is_top(office) && (national(office) || !all.iter().any(national))
}

/// Whether names are opened for a role: an authority or employer sees a matter that was forwarded to it,
/// but the reporter is never among what it gets; see [`hides_reporter`].
pub fn privacy(role: Role) -> Privacy {
    if may(role, Action::SeePrivate) { Privacy::Open } else { Privacy::Sealed }
}

/// Whether the reporter and the witnesses stay unnamed for an office.
pub fn hides_reporter(relation: Relation) -> bool {
    relation == Relation::Received
}

/// What no program takes: what the law gives to a person's judgement, what opens or erases an identity, what mends an
/// earlier act, and files, which come in with a form only.
const NOT_BY_TOKEN: &[StepKind] = &[
    StepKind::OpenIdentity,
    StepKind::ProposeErasure,
    StepKind::ConfirmErasure,
    StepKind::FixFinding,
    StepKind::DecidePlenary,
    StepKind::AddExhibit,
    StepKind::Correct,
    StepKind::Recompute,
];

/// The scope that covers an action; none for what no token ever does, such as managing accounts.
pub fn scope_for(action: Action) -> Option<TokenScope> {
    match action {
        Action::SeeQueue | Action::OpenMatter => Some(TokenScope::ReadMatters),
        Action::SeePrivate => Some(TokenScope::ReadPersons),
        Action::Take(step) if !NOT_BY_TOKEN.contains(&step) => Some(TokenScope::TakeSteps),
        Action::SeeOverview => Some(TokenScope::ReadOverview),
        _ => None,
    }
}

/// Whether a token may do something: its role must, and one of its scopes must cover it.
pub fn token_may(role: Role, scopes: &[TokenScope], action: Action) -> bool {
    let covered = scope_for(action).is_some_and(|scope| scopes.contains(&scope));
    covered && is_for_tokens(role) && may(role, action)
}

/// Whether names are opened for what a token reads.
pub fn token_privacy(role: Role, scopes: &[TokenScope]) -> Privacy {
    if token_may(role, scopes, Action::SeePrivate) { Privacy::Open } else { Privacy::Sealed }
}

/// The roles that a token can have: no program decides as a commissioner, and none administers.
pub fn is_for_tokens(role: Role) -> bool {
    !matches!(role, Role::Plenary | Role::Administration)
}

/// Whether a scope lets a token of a role do anything at all.
pub fn fits_role(scope: TokenScope, role: Role) -> bool {
    let action = match scope {
        TokenScope::ReadMatters => Action::OpenMatter,
        TokenScope::ReadPersons => Action::SeePrivate,
        TokenScope::ReadOverview => Action::SeeOverview,
        TokenScope::TakeSteps => {
            return StepKind::ALL.iter().any(|step| token_may(role, &[scope], Action::Take(*step)));
        }
    };
    token_may(role, &[scope], action)
}

/// The kinds of offices in which a role makes sense.
pub fn fits_office(role: Role, kind: OfficeKind) -> bool {
    match role {
        Role::Intake | Role::Handling | Role::Plenary => kind.is_supervisor(),
        Role::Authority => kind == OfficeKind::Authority,
        Role::Employer => kind == OfficeKind::Employer,
        Role::Oversight => matches!(kind, OfficeKind::National | OfficeKind::Province),
        Role::Administration => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions() -> Vec<Action> {
        let plain = [
            Action::SeeQueue,
            Action::OpenMatter,
            Action::SeePrivate,
            Action::FetchDossier,
            Action::SeeInbox,
            Action::NoteCustody,
            Action::CopyForPublic,
            Action::SeeOverview,
            Action::AuditFiles,
            Action::Administer,
            Action::SeeHealth,
        ];
        plain.into_iter().chain(StepKind::ALL.iter().map(|step| Action::Take(*step))).collect()
    }

    #[test]
    fn a_token_never_does_more_than_its_role_and_nothing_without_a_scope() {
        for role in Role::ALL {
            for action in actions() {
                assert!(!token_may(role, &[], action), "{role:?} {action:?}");
                if token_may(role, &TokenScope::ALL, action) {
                    assert!(may(role, action), "{role:?} {action:?}");
                }
            }
        }
    }

    #[test]
    fn a_token_manages_nothing_decides_nothing_and_opens_no_identity() {
        for role in Role::ALL {
            for action in [Action::Administer, Action::SeeHealth, Action::FetchDossier] {
                assert!(!token_may(role, &TokenScope::ALL, action), "{role:?} {action:?}");
            }
            for step in NOT_BY_TOKEN {
                assert!(!token_may(role, &TokenScope::ALL, Action::Take(*step)), "{role:?} {step:?}");
            }
        }
        for action in actions() {
            assert!(!token_may(Role::Plenary, &TokenScope::ALL, action), "{action:?}");
            assert!(!token_may(Role::Administration, &TokenScope::ALL, action), "{action:?}");
        }
    }

    #[test]
    fn names_need_their_scope() {
        assert_eq!(token_privacy(Role::Handling, &[TokenScope::ReadMatters]), Privacy::Sealed);
        assert_eq!(token_privacy(Role::Handling, &[TokenScope::ReadPersons]), Privacy::Open);
        assert_eq!(token_privacy(Role::Oversight, &TokenScope::ALL), Privacy::Sealed);
    }

    #[test]
    fn scopes_that_would_do_nothing_do_not_fit() {
        assert!(fits_role(TokenScope::ReadOverview, Role::Oversight));
        assert!(!fits_role(TokenScope::ReadMatters, Role::Oversight));
        assert!(!fits_role(TokenScope::ReadOverview, Role::Handling));
        assert!(fits_role(TokenScope::TakeSteps, Role::Authority));
        assert!(!fits_role(TokenScope::TakeSteps, Role::Plenary));
    }
}
