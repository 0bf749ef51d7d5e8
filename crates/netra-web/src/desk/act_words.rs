//! What an act says, in a few short lines for the timeline. The whole of it stands on its form.
//!
//! Nobody is called guilty: persons are named by their capacity, kinds of violation are suspected.

mod prevention;

use netra_docket::act::{
    Act, CandidacyChecked, Clarified, DatesRecomputed, Exhibit, FindingFixed, Forwarded, GakkumduDiscussed,
    HistoryReceived, InitialStudy, Invitation, PersonResult, PersonalPart, Plenary, Recommendation, SanctionReported,
    TracingReported, Verdict,
};
use netra_docket::ids::PersonNo;
use netra_docket::matter::Matter;
use netra_docket::person::{Capacity, Person};
use netra_docket::private::Private;
use netra_docket::steps::StepKind;
use netra_law::time::{long_date, long_moment, short_date};
use netra_law::{Law, Pack};

use super::timeline::Names;

/// Longer texts are cut: the form has them whole.
const EXCERPT: usize = 280;
/// Stands for a private value that this reader does not get.
pub(super) const SEALED: &str = "tidak ditampilkan";

/// What acts are put into words with.
pub(super) struct ActWords<'a> {
    pub(super) matter: &'a Matter,
    pub(super) law: &'a Law,
    pub(super) names: &'a Names,
}

impl ActWords<'_> {
    /// An act in short lines.
    pub(super) fn lines(&self, what: &Act) -> Vec<String> {
        match what {
            Act::ReportReceived(r) => self.opening(&r.subject_line, r.channel.indonesian(), &r.persons, &r.exhibits),
            Act::TipReceived(t) => self.opening(&t.subject_line, t.channel.indonesian(), &t.persons, &t.exhibits),
            Act::InformationRecorded(i) => {
                self.opening(&i.subject_line, i.channel.indonesian(), &i.persons, &i.exhibits)
            }
            Act::PreventionRecorded(p) => prevention::done(p),
            Act::PreventionAnswered(a) => prevention::answered(self.matter, a),
            Act::ReceiptIssued(r) => numbered("Nomor laporan", &r.number),
            Act::Registered(r) => numbered("Nomor registrasi", &r.number),
            Act::InitialStudyDecided(s) => self.initial_study(s),
            Act::RepairRequested(r) => {
                vec![format!("Yang kurang: {}", self.requirements(&r.missing)), text("Pemberitahuan", &r.note)]
            }
            Act::RepairReceived(r) => {
                let mut lines = vec![text("Yang dilengkapi", &r.note)];
                lines.extend(counts(&r.persons, &r.exhibits));
                lines
            }
            Act::Rejected(r) => {
                vec![format!("Hasil: {}", self.outcome(&r.outcome)), format!("Alasan: {}", excerpt(&r.reason))]
            }
            Act::MadeInitialInformation(m) => vec![
                format!("Penelusuran oleh {}", self.names.office(&m.tracing_office)),
                format!("Alasan: {}", excerpt(&m.reason)),
            ],
            other => self.lines_of_handling(other),
        }
    }

    fn lines_of_handling(&self, what: &Act) -> Vec<String> {
        match what {
            Act::TracingOrdered(t) => vec![format!("Surat tugas nomor {}", t.letter), text("Yang dicari", &t.plan)],
            Act::TracingReported(t) => tracing_report(t),
            Act::FindingFixed(f) => self.finding(f),
            Act::ClarificationInvited(i) => self.invitation(i),
            Act::Clarified(c) => self.clarified(c),
            Act::AbsenceRecorded(a) => {
                let mut lines = vec![self.person(a.person)];
                lines.extend(a.reason.as_ref().map(|reason| text("Alasan", reason)));
                lines
            }
            Act::PersonAdded(p) => vec![self.person(p.person.no)],
            Act::ExhibitAdded(e) => e.exhibits.iter().map(exhibit).collect(),
            Act::GakkumduDiscussed(g) => gakkumdu(g),
            Act::CrimeDeclared(c) => {
                vec![format!("Tentang: {}", self.persons(&c.persons)), format!("Pasal: {}", excerpt(&c.articles))]
            }
            Act::HandlingExtended(h) => vec![text("Keterangan yang masih dibutuhkan", &h.reason)],
            Act::StudyFinished(s) => {
                let mut lines = numbered("Nomor kajian", &s.number);
                lines.extend(self.results("Usul", &s.proposals));
                lines
            }
            Act::PlenaryDecided(d) => {
                let mut lines = plenary(&d.plenary);
                lines.extend(self.results("Putusan", &d.results));
                lines.push(text("Alasan", &d.reason));
                lines
            }
            other => self.lines_of_outcome(other),
        }
    }

    fn lines_of_outcome(&self, what: &Act) -> Vec<String> {
        match what {
            Act::Forwarded(f) => self.forwarded(f),
            Act::DeliveryConfirmed(d) => {
                let mut lines = numbered("Nomor tanda terima", &d.receipt);
                lines.extend(d.note.as_ref().map(|note| text("Catatan", note)));
                lines
            }
            Act::StatusAnnounced(s) => vec![s.title.clone(), excerpt(&s.text)],
            Act::StatementPublished(s) => vec![s.title.clone(), excerpt(&s.text)],
            Act::Withdrawn(w) => vec![text("Alasan pelapor", &w.reason)],
            Act::Delegated(d) => vec![
                format!("Kepada {}, surat nomor {}", self.names.office(&d.to), d.letter),
                text("Alasan", &d.reason),
            ],
            Act::TakenOver(t) => {
                vec![format!("Oleh {}, surat nomor {}", self.names.office(&t.by), t.letter), text("Alasan", &t.reason)]
            }
            Act::Assigned(a) => vec![format!("Penanggung jawab: {}", self.names.account(a.to))],
            Act::CorrectionAdvised(c) => {
                vec![format!("Kepada {}, surat nomor {}", self.authority(&c.authority), c.letter), excerpt(&c.text)]
            }
            Act::CorrectionAnswered(c) => {
                let followed = if c.followed == Verdict::Met { "Dilaksanakan" } else { "Tidak dilaksanakan" };
                vec![followed.to_owned(), text("Jawaban", &c.note)]
            }
            Act::ReporterWrote(w) => {
                let mut lines = vec![text("Isi", &w.text)];
                lines.extend(w.exhibits.iter().map(exhibit));
                lines
            }
            Act::OfficeWrote(w) => vec![text("Isi", &w.text)],
            Act::DatesRecomputed(d) => recomputed(d),
            Act::IdentityProtected(p) => vec![self.person(p.person), text("Alasan", &p.reason)],
            Act::IdentityOpened(o) => vec![self.person(o.person), text("Keperluan", &o.reason)],
            Act::ErasureProposed(p) => vec![
                format!("{}: {}", self.person(p.person), personal_parts(&p.parts)),
                format!("Dasar: {}", self.ground(&p.ground)),
                text("Alasan", &p.reason),
            ],
            Act::ErasureConfirmed(c) => vec![format!("{} nilai dan kuncinya dihapus dari brankas data", c.seals.len())],
            Act::CandidacyChecked(c) => self.candidacy(c),
            Act::RecommendationReceived(r) => self.recommendation(r),
            Act::SanctionReported(s) => self.sanction(s),
            other => self.lines_of_discipline(other),
        }
    }

    fn lines_of_discipline(&self, what: &Act) -> Vec<String> {
        match what {
            Act::ForwardingReturned(r) => {
                let missing: Vec<&str> = r.missing.iter().map(|part| part.indonesian()).collect();
                let mut lines = vec![format!("Yang kurang: {}", missing.join("; "))];
                lines.extend(r.note.as_ref().map(|note| text("Keterangan", note)));
                lines
            }
            Act::ForwardingVerified(v) => vec![text("Hasil", &v.note)],
            Act::AuthorityExamined(a) => {
                vec![format!("{}: {}", a.how.indonesian(), self.person(a.person)), text("Hasil", &a.note)]
            }
            Act::AuthorityClosed(a) => {
                vec![format!("{}: {}", self.person(a.person), a.outcome.indonesian()), text("Alasan", &a.reason)]
            }
            Act::EmployerPressed(a) => vec![
                format!("{}: {}", a.measure.indonesian(), self.person(a.person)),
                format!("Surat nomor {} tanggal {}", a.letter, short_date(a.dated)),
            ],
            Act::RecommendationDelivered(d) => numbered("Nomor agenda", &d.receipt),
            Act::EmployeeSummoned(a) => vec![
                format!("{}, surat nomor {}", self.person(a.person), a.letter),
                format!("Pemeriksaan {} di {}", long_moment(a.session), a.place),
            ],
            Act::EmployeeAbsent(a) => {
                let mut lines = vec![self.person(a.person)];
                lines.extend(a.reason.as_ref().map(|reason| text("Alasan", reason)));
                lines
            }
            Act::TeamFormed(a) => {
                vec![format!("{}, keputusan nomor {}", self.person(a.person), a.letter), text("Susunan", &a.members)]
            }
            Act::EmployeeExamined(a) => vec![self.person(a.person), text("Berita acara", &a.minutes)],
            Act::DecisionServed(a) => {
                vec![format!("{}: {}, {}", self.person(a.person), a.how.indonesian(), long_date(a.on))]
            }
            Act::AppealLodged(a) => {
                vec![format!("{}: {}, {}", a.kind.indonesian(), self.person(a.person), long_date(a.on))]
            }
            Act::AppealDecided(a) => {
                let mut lines = vec![
                    format!("{}: {}", self.person(a.person), a.result.indonesian()),
                    format!("Putusan nomor {} tanggal {}", a.number, short_date(a.dated)),
                ];
                lines.extend((!a.sanction.is_empty()).then(|| format!("Sanksi sekarang: {}", a.sanction)));
                lines
            }
            Act::HistoryReceived(h) => self.history(h),
            // Corrections are told by the timeline; the others were told above.
            _ => Vec::new(),
        }
    }

    /// What was done in another office, line by line; acts that came there from elsewhere too.
    fn history(&self, received: &HistoryReceived) -> Vec<String> {
        let mut lines = vec![format!("Dari {} ({}), bundel {}", received.from_name, received.from, received.bundle)];
        for entry in &received.entries {
            let done = StepKind::of(&entry.what).done();
            let told = self.lines(&entry.what);
            let more = if told.is_empty() { String::new() } else { format!(": {}", told.join("; ")) };
            lines.push(format!("{}, {done}{more}", long_moment(entry.at)));
        }
        lines
    }

    /// A ground for erasing, with its article.
    fn ground(&self, id: &str) -> String {
        self.law.erasure_ground(id).map_or_else(|| id.to_owned(), |g| format!("{} ({})", g.title, g.basis.cite))
    }

    fn opening(&self, subject: &str, channel: &str, persons: &[Person], exhibits: &[Exhibit]) -> Vec<String> {
        let mut lines = vec![subject.to_owned(), format!("Disampaikan melalui {channel}")];
        lines.extend(counts(persons, exhibits));
        lines
    }

    fn initial_study(&self, study: &InitialStudy) -> Vec<String> {
        let missing: Vec<String> =
            study.requirements.iter().filter(|r| r.verdict == Verdict::NotMet).map(|r| r.id.clone()).collect();
        let mut lines = vec![format!("Hasil: {}", self.outcome(&study.outcome))];
        if !study.kinds.is_empty() {
            lines.push(format!("Dugaan jenis pelanggaran: {}", self.kinds(&study.kinds)));
        }
        lines.push(match missing.as_slice() {
            [] => "Syarat formal dan materiel terpenuhi".to_owned(),
            some => format!("Syarat yang belum terpenuhi: {}", self.requirements(some)),
        });
        lines.push(text("Alasan", &study.reason));
        lines
    }

    fn finding(&self, finding: &FindingFixed) -> Vec<String> {
        let mut lines = plenary(&finding.plenary);
        lines.push(format!("Dugaan jenis pelanggaran: {}", self.kinds(&finding.kinds)));
        lines.extend(counts(&finding.persons, &[]));
        lines.push(text("Alasan", &finding.reason));
        lines
    }

    fn invitation(&self, invitation: &Invitation) -> Vec<String> {
        let mut lines = vec![
            self.person(invitation.person),
            format!("{}, {} ({})", long_moment(invitation.session), invitation.place, invitation.mode.indonesian()),
        ];
        lines.extend(numbered("Nomor surat", &invitation.letter));
        lines.extend(invitation.delivered.map(|at| format!("Sampai {}", long_moment(at))));
        lines
    }

    fn clarified(&self, clarified: &Clarified) -> Vec<String> {
        vec![
            self.person(clarified.person),
            format!("{}, {}", clarified.mode.indonesian(), clarified.oath.indonesian()),
            text("Berita acara", &clarified.minutes),
        ]
    }

    fn results(&self, word: &str, results: &[PersonResult]) -> Vec<String> {
        let line = |result: &PersonResult| {
            let what = match result.kinds.as_slice() {
                [] => "tidak ada dugaan pelanggaran yang ditindaklanjuti".to_owned(),
                kinds => format!("dugaan {}", self.kinds(kinds)),
            };
            format!("{word} untuk {}: {what}", self.person(result.person))
        };
        results.iter().map(line).collect()
    }

    fn forwarded(&self, forwarded: &Forwarded) -> Vec<String> {
        let mut lines = vec![
            format!("Kepada {}, surat nomor {}", self.authority(&forwarded.authority), forwarded.letter),
            format!("Tentang: {} (dugaan {})", self.persons(&forwarded.persons), self.kind(&forwarded.kind)),
        ];
        lines.extend((!forwarded.copies.is_empty()).then(|| format!("Tembusan: {}", excerpt(&forwarded.copies))));
        lines
    }

    fn candidacy(&self, checked: &CandidacyChecked) -> Vec<String> {
        vec![
            format!("{}: {}", self.person(checked.person), checked.result.indonesian()),
            text("Yang dilihat", &checked.note),
        ]
    }

    fn recommendation(&self, recommendation: &Recommendation) -> Vec<String> {
        let mut lines = vec![format!("Nomor {}, {}", recommendation.number, long_date(recommendation.dated))];
        let persons = recommendation.persons.iter();
        lines.extend(persons.map(|p| format!("{}: {}", self.person(p.person), excerpt(&p.sanction))));
        lines.extend(recommendation.employer_received.map(|d| format!("Diterima PPK {}", long_date(d))));
        lines
    }

    fn sanction(&self, sanction: &SanctionReported) -> Vec<String> {
        vec![
            format!("{}: {}", self.person(sanction.person), excerpt(&sanction.sanction)),
            format!("Keputusan nomor {}, {}", sanction.decree, short_date(sanction.dated)),
        ]
    }

    /// A person by capacity and name; by number where the name is not for this reader.
    pub(super) fn person(&self, no: PersonNo) -> String {
        let Some(person) = self.matter.person(no) else { return format!("orang nomor {no}") };
        let capacity = person.capacity.indonesian();
        match person.identity.open() {
            Some(identity) if !identity.name.is_empty() => format!("{} ({})", identity.name, capacity.to_lowercase()),
            _ => format!("{capacity} nomor {no}"),
        }
    }

    fn persons(&self, numbers: &[PersonNo]) -> String {
        listed(numbers.iter().map(|no| self.person(*no)))
    }

    fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.law.packs().iter().filter(|p| p.head.regime == self.matter.regime)
    }

    fn outcome(&self, id: &str) -> String {
        self.packs().find_map(|p| p.outcome(id)).map_or_else(|| id.to_owned(), |o| o.text.clone())
    }

    fn kind(&self, id: &str) -> String {
        self.packs().find_map(|p| p.kind(id)).map_or_else(|| id.to_owned(), |k| lower_first(&k.text))
    }

    fn kinds(&self, ids: &[String]) -> String {
        listed(ids.iter().map(|id| self.kind(id)))
    }

    fn requirements(&self, ids: &[String]) -> String {
        let words =
            |id: &String| self.packs().find_map(|p| p.requirement(id)).map_or_else(|| id.clone(), |r| r.text.clone());
        listed(ids.iter().map(words))
    }

    fn authority(&self, id: &str) -> String {
        self.law.authority(id).map_or_else(|| id.to_owned(), |a| a.name.clone())
    }
}

fn tracing_report(report: &TracingReported) -> Vec<String> {
    let mut lines = vec![format!("Hasil: {}", report.result.indonesian())];
    lines.extend(numbered("Laporan hasil pengawasan nomor", &report.number));
    lines.push(format!("{}, {}", report.activity, report.place));
    lines.push(text("Uraian", &report.account));
    lines.extend(counts(&report.persons, &report.exhibits));
    lines
}

fn gakkumdu(discussed: &GakkumduDiscussed) -> Vec<String> {
    let crime = match discussed.crime {
        Verdict::Met => "unsur tindak pidana diduga terpenuhi",
        Verdict::NotMet => "unsur tindak pidana tidak terpenuhi",
    };
    vec![format!("Pembahasan ke-{}: {crime}", discussed.round), text("Hasil", &discussed.result)]
}

fn plenary(plenary: &Plenary) -> Vec<String> {
    let mut lines = numbered("Berita acara nomor", &plenary.minutes);
    lines.push(format!(
        "Hadir {} dari {} anggota; setuju {}, tidak setuju {}",
        plenary.present, plenary.members, plenary.votes_for, plenary.votes_against
    ));
    lines
}

fn exhibit(exhibit: &Exhibit) -> String {
    let label = exhibit.label.open();
    match label.map(|l| if l.description.is_empty() { l.file_name.as_str() } else { l.description.as_str() }) {
        Some(words) if !words.is_empty() => format!("Bukti nomor {}: {}", exhibit.no, excerpt(words)),
        _ => format!("Bukti nomor {}", exhibit.no),
    }
}

/// How many came with an act: `1 pelapor, 2 terlapor, 3 bukti`.
fn counts(persons: &[Person], exhibits: &[Exhibit]) -> Option<String> {
    let capacities = [Capacity::Reporter, Capacity::Reported, Capacity::Witness, Capacity::Expert, Capacity::Related];
    let of = |capacity: Capacity| {
        (persons.iter().filter(|p| p.capacity == capacity).count(), capacity.indonesian().to_lowercase())
    };
    let all = capacities.map(of).into_iter().chain([(exhibits.len(), "bukti".to_owned())]);
    let words: Vec<String> = all.filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn numbered(word: &str, number: &str) -> Vec<String> {
    if number.is_empty() { Vec::new() } else { vec![format!("{word} {number}")] }
}

fn personal_parts(parts: &[PersonalPart]) -> String {
    parts.iter().map(|part| part.indonesian()).collect::<Vec<_>>().join(", ")
}

/// Dates that moved, old and new.
fn recomputed(act: &DatesRecomputed) -> Vec<String> {
    let mut lines = vec![format!("{} menjadi {} ({})", long_date(act.day), act.change, act.decree)];
    lines.extend(act.moved.iter().map(|m| {
        let whom = m.person.map(|no| format!(" (orang nomor {no})")).unwrap_or_default();
        format!("{}{whom}: dari {} menjadi {}", m.clock, long_moment(m.old), long_moment(m.new))
    }));
    lines
}

pub(super) fn text(word: &str, value: &Private<String>) -> String {
    match value.open() {
        Some(value) if value.is_empty() => format!("{word}: tidak diisi"),
        Some(value) => format!("{word}: {}", excerpt(value)),
        None => format!("{word}: {SEALED}"),
    }
}

/// The beginning of a text, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        None => line,
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// `a`, `a dan b`, `a, b, dan c`.
fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    match items.as_slice() {
        [] => "tidak ada".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} dan {two}"),
        [rest @ .., last] => format!("{}, dan {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_sentences() {
        let list = |items: &[&str]| listed(items.iter().map(|s| (*s).to_owned()));
        assert_eq!(list(&[]), "tidak ada");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a dan b");
        assert_eq!(list(&["a", "b", "c"]), "a, b, dan c");
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        assert_eq!(excerpt("dua\n kata "), "dua kata");
        let long = excerpt(&"é".repeat(1000));
        assert_eq!(long.chars().count(), EXCERPT + 1);
        assert!(long.ends_with('…'));
    }
}
