//! The questions of every step, and how the answers become an act.
//!
//! One function a step; each asks with an [`Asker`] and gives the act once every answer is there.

mod after;
mod correct;
mod discipline;
mod handling;
mod intake;
mod open;
mod parts;
mod personal;
mod prevention;
mod tracing;

use netra_docket::act::{Act, Exhibit};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::RecipientId;
use netra_docket::matter::Matter;
use netra_docket::steps::StepKind;
use netra_law::time::Moment;
use netra_law::{Law, Pack};
use netra_store::{Account, Office, Recipient, Role};

use crate::desk::asker::Asker;

pub use open::{Proposed, Told, record_news};
pub use parts::names;

/// What a step may look at.
pub struct Scene<'a> {
    /// All packs.
    pub law: &'a Law,
    /// The pack that governs the matter.
    pub pack: &'a Pack,
    /// The matter with opened private values; none while a new one is being opened.
    pub matter: Option<&'a Matter>,
    /// Its entries.
    pub entries: &'a [Entry],
    /// The acting office.
    pub office: &'a Office,
    /// All offices.
    pub offices: &'a [Office],
    /// Accounts of the acting office.
    pub accounts: &'a [Account],
    /// The office's list of those whom prevention addresses; empty for other steps.
    pub recipients: &'a [Recipient],
    /// Those of them that are ticked when the page is opened.
    pub chosen: &'a [RecipientId],
    /// Exhibits that came with the form, already stored and numbered.
    pub uploads: &'a [Exhibit],
    /// What the officer may do.
    pub role: Role,
    /// Who takes the step.
    pub by: Actor,
    /// When the step was taken, if that was said.
    pub at: Option<Moment>,
    /// Now, on the office's clocks.
    pub now: Moment,
}

/// Asks a step's questions; gives the act if every answer is there.
pub fn ask(kind: StepKind, asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    if let Some(matter) = scene.matter {
        return ask_in(kind, asker, scene, matter);
    }
    match kind {
        StepKind::ReceiveReport => open::receive_report(asker, scene),
        StepKind::ReceiveTip => open::receive_tip(asker, scene),
        StepKind::RecordInformation => open::record_information(asker, scene),
        StepKind::RecordPrevention => prevention::record(asker, scene),
        _ => None,
    }
}

fn ask_in(kind: StepKind, asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    match kind {
        StepKind::ReceiveReport
        | StepKind::ReceiveTip
        | StepKind::RecordInformation
        | StepKind::TakeMessage
        | StepKind::ReceiveHistory
        | StepKind::Recompute => None,
        StepKind::WriteReporter => intake::write_reporter(asker),
        StepKind::RecordPrevention => prevention::record(asker, scene),
        StepKind::AnswerPrevention => prevention::answer(asker, matter),
        StepKind::IssueReceipt => intake::issue_receipt(asker),
        StepKind::InitialStudy => intake::initial_study(asker, scene, matter),
        StepKind::RequestRepair => intake::request_repair(asker, scene, matter),
        StepKind::ReceiveRepair => intake::receive_repair(asker, scene),
        StepKind::Register => intake::register(asker),
        StepKind::Reject => intake::reject(asker, scene, matter),
        StepKind::MakeInitialInformation => intake::make_initial_information(asker, scene, matter),
        StepKind::Withdraw => intake::withdraw(asker),
        StepKind::Delegate => intake::delegate(asker, scene),
        StepKind::TakeOver => intake::take_over(asker, scene),
        StepKind::OrderTracing => tracing::order_tracing(asker),
        StepKind::ReportTracing => tracing::report_tracing(asker, scene, matter),
        StepKind::FixFinding => tracing::fix_finding(asker, scene, matter),
        StepKind::InviteClarification => handling::invite(asker, scene, matter),
        StepKind::Clarify => handling::clarify(asker, matter),
        StepKind::RecordAbsence => handling::record_absence(asker, matter),
        StepKind::AddPerson => handling::add_person(asker, scene, matter),
        StepKind::AddExhibit => handling::add_exhibit(asker, scene),
        StepKind::DiscussGakkumdu => handling::discuss_gakkumdu(asker),
        StepKind::DeclareCrime => handling::declare_crime(asker, matter),
        StepKind::ExtendHandling => handling::extend_handling(asker),
        StepKind::FinishStudy => handling::finish_study(asker, scene, matter),
        StepKind::DecidePlenary => handling::decide_plenary(asker, scene, matter),
        StepKind::Forward => after::forward(asker, scene, matter),
        StepKind::ConfirmDelivery => after::confirm_delivery(asker, scene, matter),
        StepKind::AnnounceStatus => after::announce_status(asker, scene, matter),
        StepKind::PublishStatement => after::publish_statement(asker, matter),
        StepKind::Assign => after::assign(asker, scene),
        StepKind::AdviseCorrection => after::advise_correction(asker, scene),
        StepKind::AnswerCorrection => after::answer_correction(asker),
        StepKind::CheckCandidacy => after::check_candidacy(asker, matter),
        StepKind::ReceiveRecommendation => after::receive_recommendation(asker, scene, matter),
        StepKind::ReportSanction => after::report_sanction(asker, scene, matter),
        StepKind::ReturnForwarding => discipline::return_forwarding(asker, scene, matter),
        StepKind::VerifyForwarding => discipline::verify_forwarding(asker, scene, matter),
        StepKind::ExamineAtAuthority => discipline::examine_at_authority(asker, scene, matter),
        StepKind::CloseAtAuthority => discipline::close_at_authority(asker, scene, matter),
        StepKind::PressEmployer => discipline::press_employer(asker, scene, matter),
        StepKind::ConfirmRecommendation => discipline::confirm_recommendation(asker, matter),
        StepKind::SummonEmployee => discipline::summon(asker, matter),
        StepKind::RecordEmployeeAbsence => discipline::record_absence(asker, matter),
        StepKind::FormTeam => discipline::form_team(asker, matter),
        StepKind::ExamineEmployee => discipline::examine(asker, matter),
        StepKind::ServeDecision => discipline::serve(asker, scene, matter),
        StepKind::LodgeAppeal => discipline::lodge_appeal(asker, scene, matter),
        StepKind::DecideAppeal => discipline::decide_appeal(asker, scene, matter),
        StepKind::ProtectIdentity => personal::protect(asker, matter),
        StepKind::OpenIdentity => personal::open(asker, matter),
        StepKind::ProposeErasure => personal::propose_erasure(asker, scene, matter),
        StepKind::ConfirmErasure => personal::confirm_erasure(asker, scene, matter),
        StepKind::Correct => correct::correct(asker, scene, matter),
    }
}
