//! From an act to its sheet. One function for each kind of act, grouped as the procedure goes.

mod admission;
mod closing;
mod custody;
mod decision;
mod discipline;
mod forwarding;
mod hearing;
mod intake;
mod page;
mod parts;
mod record;
mod tables;
mod tracing;

use netra_docket::act::Act;
use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_law::Law;

use crate::letterhead::Letterhead;
use crate::sheet::Sheet;
use page::{Body, Page};

pub use custody::{CustodyLine, CustodyReport, custody_report};
pub use parts::SECRET;

/// The sheet of an act; none for acts that leave no paper: an assignment, a person added, a message, a receipt of
/// prevention, acts that came from another office with papers of their own.
///
/// The matter is the one as it stood once the act was done. Persons, exhibits and results are taken
/// from it, so that a letter lists what it was sent with and not what came later.
pub fn sheet(entry: &Entry, matter: &Matter, law: &Law, letterhead: &Letterhead) -> Option<Sheet> {
    sheet_in(entry, &[], matter, law, letterhead)
}

/// As [`sheet`], with the docket at hand: a correction then says which act it corrects and shows the
/// paper as it is to be read, and a supervision report names its order.
pub fn sheet_in(entry: &Entry, docket: &[Entry], matter: &Matter, law: &Law, letterhead: &Letterhead) -> Option<Sheet> {
    make(&Page::new(entry, docket, matter, law, letterhead))
}

/// As [`sheet_in`], with numbers that the matter got later.
pub(crate) fn sheet_numbered<'a>(
    entry: &'a Entry,
    docket: &'a [Entry],
    matter: &'a Matter,
    numbers: &'a Matter,
    law: &'a Law,
    letterhead: &'a Letterhead,
) -> Option<Sheet> {
    let mut page = Page::new(entry, docket, matter, law, letterhead);
    page.numbers = numbers;
    make(&page)
}

fn make(page: &Page<'_>) -> Option<Sheet> {
    body(page).map(|body| page.finish(body))
}

fn body(page: &Page<'_>) -> Option<Body> {
    Some(match &page.entry.what {
        Act::Assigned(_)
        | Act::PersonAdded(_)
        | Act::PreventionAnswered(_)
        | Act::ReporterWrote(_)
        | Act::OfficeWrote(_)
        | Act::HistoryReceived(_) => return None,
        Act::ReportReceived(a) => intake::report(page, a),
        Act::TipReceived(a) => intake::tip(page, a),
        Act::InformationRecorded(a) => intake::information(page, a),
        Act::ReceiptIssued(a) => intake::receipt(page, a),
        Act::InitialStudyDecided(a) => admission::initial_study(page, a),
        Act::RepairRequested(a) => admission::repair_request(page, a),
        Act::RepairReceived(a) => admission::repair(page, a),
        Act::Registered(a) => admission::registration(page, a),
        Act::Rejected(a) => closing::rejection(page, a),
        Act::MadeInitialInformation(a) => closing::made_information(page, a),
        Act::Withdrawn(a) => closing::withdrawal(page, a),
        Act::Delegated(a) => closing::delegation(page, a),
        Act::TakenOver(a) => closing::take_over(page, a),
        Act::StatusAnnounced(a) => closing::status(page, a),
        Act::StatementPublished(a) => closing::statement(page, a),
        Act::TracingOrdered(a) => tracing::order(page, a),
        Act::TracingReported(a) => tracing::report(page, a),
        Act::FindingFixed(a) => tracing::finding(page, a),
        Act::PreventionRecorded(a) => tracing::prevention(page, a),
        Act::CorrectionAdvised(a) => tracing::correction_advice(page, a),
        Act::CorrectionAnswered(a) => tracing::correction_answer(page, a),
        Act::ClarificationInvited(a) => hearing::invitation(page, a),
        Act::Clarified(a) => hearing::clarification(page, a),
        Act::AbsenceRecorded(a) => hearing::absence(page, a),
        Act::GakkumduDiscussed(a) => decision::gakkumdu(page, a),
        Act::CrimeDeclared(a) => decision::crime(page, a),
        Act::HandlingExtended(a) => decision::extension(page, a),
        Act::StudyFinished(a) => decision::study(page, a),
        Act::PlenaryDecided(a) => decision::plenary(page, a),
        Act::Forwarded(a) => forwarding::letter(page, a),
        Act::DeliveryConfirmed(a) => forwarding::delivery(page, a),
        Act::RecommendationReceived(a) => forwarding::recommendation(page, a),
        Act::SanctionReported(a) => forwarding::sanction(page, a),
        Act::CandidacyChecked(a) => record::candidacy(page, a),
        Act::ExhibitAdded(a) => record::exhibits(page, a),
        Act::ForwardingReturned(a) => discipline::returned(page, a),
        Act::ForwardingVerified(a) => discipline::verified(page, a),
        Act::AuthorityExamined(a) => discipline::examined_by_authority(page, a),
        Act::AuthorityClosed(a) => discipline::closed_by_authority(page, a),
        Act::EmployerPressed(a) => discipline::pressed(page, a),
        Act::RecommendationDelivered(a) => discipline::recommendation_receipt(page, a),
        Act::EmployeeSummoned(a) => discipline::summons(page, a),
        Act::EmployeeAbsent(a) => discipline::absence(page, a),
        Act::TeamFormed(a) => discipline::team(page, a),
        Act::EmployeeExamined(a) => discipline::examination(page, a),
        Act::DecisionServed(a) => discipline::service(page, a),
        Act::AppealLodged(a) => discipline::appeal(page, a),
        Act::AppealDecided(a) => discipline::appeal_decision(page, a),
        Act::IdentityProtected(a) => record::protection(page, a),
        Act::IdentityOpened(a) => record::opening(page, a),
        Act::ErasureProposed(a) => record::erasure_proposal(page, a),
        Act::ErasureConfirmed(a) => record::erasure(page, a),
        Act::DatesRecomputed(a) => record::recomputed(page, a),
        Act::Corrected(a) => record::correction(page, a),
    })
}
