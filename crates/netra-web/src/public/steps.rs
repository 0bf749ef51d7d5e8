//! What each page of the form asks: reading what was typed, and saying what is wrong with it.
//!
//! Reading never fails and never judges. [`sizes`] finds what can't even be kept in a draft;
//! [`check`] finds everything, and runs again over all pages when the form is sent.

use jiff::civil::Date;
use netra_docket::ids::OfficeId;
use netra_law::Law;
use netra_law::time::{Moment, Zone, long_date};
use netra_store::Office;

use crate::app::{App, Limits};
use crate::error::PageError;
use crate::form::{FormData, check_text, parse_date};
use crate::page::Problems;
use crate::public::draft::{Answers, Kind, Step, contest};
use crate::public::people;

/// What answers are checked against.
#[derive(Debug)]
pub struct Around<'a> {
    /// The law packs.
    pub law: &'a Law,
    /// Sizes.
    pub limits: &'a Limits,
    /// The chosen office, if there is such a supervisor.
    pub office: Option<Office>,
    /// Now, on the office's clocks; on the clocks of WIB as long as none is chosen.
    pub now: Moment,
}

impl<'a> Around<'a> {
    /// Gathers it for these answers.
    ///
    /// # Errors
    /// The store failed.
    pub async fn of(app: &'a App, answers: &Answers) -> Result<Around<'a>, PageError> {
        let office = supervisor(app, &answers.office).await?;
        let zone = office.as_ref().map_or(Zone::Wib, |o| o.zone);
        Ok(Around { law: &app.law, limits: &app.limits, office, now: app.now(zone) })
    }
}

/// The supervisor with this id.
///
/// # Errors
/// The store failed.
pub async fn supervisor(app: &App, id: &str) -> Result<Option<Office>, PageError> {
    match id.parse::<OfficeId>() {
        Ok(id) => Ok(app.store.office(&id).await?.filter(|o| o.kind.is_supervisor())),
        Err(_) => Ok(None),
    }
}

/// Takes what was typed on a page into the answers, whatever it is.
pub fn read(step: Step, form: &FormData, answers: &mut Answers) {
    match step {
        Step::Office => {
            answers.office = line(form, "kantor");
            answers.contest = line(form, "pemilihan");
        }
        Step::What => answers.account = form.get("uraian"),
        Step::Where => answers.place = line(form, "tempat"),
        Step::When => {
            answers.happened = day(form, "terjadi");
            answers.known = day(form, "diketahui");
        }
        Step::Who => people::read_reported(form, answers),
        Step::Witnesses => people::read_witnesses(form, answers),
        Step::Reporter => people::read_reporter(form, answers),
        // Files are taken in one by one; the last page only asks for a promise.
        Step::Evidence | Step::Review => {}
    }
}

/// A text of one line.
pub fn line(form: &FormData, field: &str) -> String {
    form.get(field).replace('\n', " ")
}

/// A day: in ISO form if it can be read, else as typed.
pub fn day(form: &FormData, field: &str) -> String {
    let typed = line(form, field);
    parse_date(&typed).map_or(typed, |date| date.to_string())
}

/// What can't be kept: too long, too many, or with characters that no text has.
pub fn sizes(step: Step, answers: &Answers, limits: &Limits) -> Problems {
    let mut problems = Problems::default();
    let mut short = |text: &str, field: &str| check_text(text, field, limits.line, &mut problems);
    match step {
        Step::Office => {
            short(&answers.office, "kantor");
            short(&answers.contest, "pemilihan");
        }
        Step::What => check_text(&answers.account, "uraian", limits.long_text, &mut problems),
        Step::Where => short(&answers.place, "tempat"),
        Step::When => {
            short(&answers.happened, "terjadi");
            short(&answers.known, "diketahui");
        }
        Step::Who => people::reported_sizes(answers, limits, &mut problems),
        Step::Witnesses => people::witness_sizes(answers, limits, &mut problems),
        Step::Evidence => files_size(answers, limits, &mut problems),
        Step::Reporter => people::reporter_sizes(answers, limits, &mut problems),
        Step::Review => {}
    }
    problems
}

fn files_size(answers: &Answers, limits: &Limits, problems: &mut Problems) {
    if answers.files.len() > limits.files {
        problems.add("berkas", too_many_files(limits));
    }
}

/// The words for one file too many.
pub fn too_many_files(limits: &Limits) -> String {
    format!("Paling banyak {} berkas dalam satu laporan. Serahkan sisanya di kantor pengawas.", limits.files)
}

/// Everything that is wrong with a page.
pub fn check(step: Step, answers: &Answers, around: &Around<'_>) -> Problems {
    let mut problems = sizes(step, answers, around.limits);
    match step {
        Step::Office => check_office(answers, around, &mut problems),
        Step::What => required(&answers.account, "uraian", "Ceritakan apa yang terjadi.", &mut problems),
        Step::Where => {
            let ask = "Tulis tempatnya. Bila tidak tahu tepatnya, tulis desa atau kecamatannya.";
            required(&answers.place, "tempat", ask, &mut problems);
        }
        Step::When => check_when(answers, around, &mut problems),
        Step::Who => people::check_reported(answers, around.law, &mut problems),
        Step::Witnesses => people::check_witnesses(answers, &mut problems),
        Step::Reporter => people::check_reporter(answers, around.now.date(), &mut problems),
        Step::Evidence | Step::Review => {}
    }
    problems
}

/// Everything that is wrong with the form, page by page.
pub fn check_all(answers: &Answers, around: &Around<'_>) -> Vec<(Step, Problems)> {
    Step::of(answers.kind)
        .map(|step| (step, check(step, answers, around)))
        .filter(|(_, problems)| !problems.is_empty())
        .collect()
}

/// Notes an answer that is missing.
pub fn required(text: &str, field: &str, ask: &str, problems: &mut Problems) {
    if text.is_empty() {
        problems.add(field, ask);
    }
}

fn check_office(answers: &Answers, around: &Around<'_>, problems: &mut Problems) {
    if around.office.is_none() {
        problems.add("kantor", "Pilih kantor pengawas yang Anda tuju.");
    }
    if contest(&answers.contest).is_none() {
        problems.add("pemilihan", "Pilih pemilihannya.");
    }
}

fn check_when(answers: &Answers, around: &Around<'_>, problems: &mut Problems) {
    let today = around.now.date();
    if answers.kind == Kind::Report {
        required(&answers.happened, "terjadi", "Tulis tanggal kejadiannya.", problems);
        required(&answers.known, "diketahui", "Tulis tanggal Anda mengetahuinya.", problems);
    }
    let happened = past_day(&answers.happened, "terjadi", today, 2000, problems);
    let known = past_day(&answers.known, "diketahui", today, 2000, problems);
    if let (Some(happened), Some(known)) = (happened, known)
        && known < happened
    {
        let text = format!(
            "Menurut isian ini Anda mengetahuinya ({}) sebelum peristiwa terjadi ({}). Periksa kedua tanggal.",
            long_date(known),
            long_date(happened)
        );
        problems.add("diketahui", text);
    }
}

/// A day that must lie between a year and today; nothing typed is no mistake here.
pub fn past_day(text: &str, field: &str, today: Date, first_year: i16, problems: &mut Problems) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let Some(date) = parse_date(text) else {
        let shown: String = text.chars().take(30).collect();
        problems.add(field, format!("“{shown}” bukan tanggal. Tulis tanggal seperti 19/1/2024."));
        return None;
    };
    if date > today {
        let now = long_date(today);
        problems
            .add(field, format!("{} belum tiba; hari ini {now}. Periksa hari, bulan, dan tahunnya.", long_date(date)));
        return None;
    }
    if date.year() < first_year {
        problems.add(field, format!("Tahun {} terlalu lama. Periksa tahunnya.", date.year()));
        return None;
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> Date {
        Date::constant(2024, 1, 19)
    }

    #[test]
    fn days_that_can_not_be() {
        let table = [
            ("2024-01-20", "belum tiba"),
            ("2024-02-30", "bukan tanggal"),
            ("kemarin", "bukan tanggal"),
            ("0202-01-01", "Periksa tahunnya"),
        ];
        for (typed, told) in table {
            let mut problems = Problems::default();
            assert_eq!(past_day(typed, "terjadi", today(), 2000, &mut problems), None, "{typed}");
            assert!(problems.text("terjadi").contains(told), "{typed}: {problems:?}");
        }
    }

    #[test]
    fn today_and_nothing_are_fine() {
        let mut problems = Problems::default();
        assert_eq!(past_day("2024-01-19", "terjadi", today(), 2000, &mut problems), Some(today()));
        assert_eq!(past_day("", "terjadi", today(), 2000, &mut problems), None);
        assert!(problems.is_empty());
    }

    #[test]
    fn a_day_is_kept_in_iso_form_or_as_typed() {
        let form = FormData::parse(b"a=19%2F1%2F2024&b=besok").unwrap();
        assert_eq!(day(&form, "a"), "2024-01-19");
        assert_eq!(day(&form, "b"), "besok");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_day_panic(text: String) {
            let _ = past_day(&text, "terjadi", today(), 2000, &mut Problems::default());
        }
    }
}
