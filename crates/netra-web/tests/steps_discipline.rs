//! What comes after the forwarding, each step by the desk whose step it is: the authority and the employer.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_docket::ids::{MatterId, PersonNo};
use netra_docket::matter::Stage;
use netra_store::Role;

use driver::{EMPLOYER, StepForm, docket_of, employer, enter, matter_with, refuses, step_in, take, until_forwarded};
use fixtures::{REPORTER, get_as};
use support::{BALIKPAPAN, TestApp};

struct Desks {
    test: TestApp,
    matter: MatterId,
    handling: String,
    plenary: String,
    authority: String,
    employer: String,
}

async fn desks() -> Desks {
    let test = TestApp::new().await;
    employer(&test).await;
    let matter = matter_with(&test, until_forwarded()).await;
    test.set_clock("2024-02-05T09:00:00+08:00");
    Desks {
        matter,
        handling: enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await,
        plenary: enter(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await,
        authority: enter(&test, "kasn", "analis", Role::Authority).await,
        employer: enter(&test, EMPLOYER, "kepegawaian", Role::Employer).await,
        test,
    }
}

impl Desks {
    async fn take(&self, cookie: &str, step: &str, answers: &[(&str, &str)]) {
        let answer = take(&self.test, cookie, &step_in(self.matter, step), answers).await;
        assert_eq!(answer.location(), format!("/meja/perkara/{}", self.matter), "{step}");
    }

    async fn stage(&self) -> Stage {
        docket_of(&self.test, self.matter).await.matter.stage()
    }

    async fn page(&self, cookie: &str) -> support::Answer {
        get_as(&self.test, cookie, &format!("/meja/perkara/{}", self.matter)).await
    }
}

#[tokio::test]
async fn a_file_without_a_study_comes_back_and_goes_again() {
    let desks = desks().await;
    desks.page(&desks.authority).await.says(200, "Kembalikan berkas");
    desks.take(&desks.authority, "confirm-delivery", &[("receipt", "TT-9")]).await;
    let mut form = StepForm::open(&desks.test, &desks.authority, &step_in(desks.matter, "return-forwarding")).await;
    refuses(&form.preview().await, "missing", "Pilih sekurang-kurangnya satu");
    form.check("missing", &["study"]).answer(&[("note", "Kajian belum dilampirkan")]);
    form.preview().await.says(200, "kajian pengawas tidak ada");
    assert_eq!(form.record().await.status.as_u16(), 303);
    assert_eq!(desks.stage().await, Stage::ToForward);
    desks.page(&desks.plenary).await.says(200, "Kajian belum dilampirkan");
    desks.take(&desks.plenary, "forward", &[("letter", "099/PP/II/2024")]).await;
    assert_eq!(desks.stage().await, Stage::WithAuthority);
}

#[tokio::test]
async fn from_verification_to_the_sanction_and_the_appeal() {
    let desks = desks().await;
    desks.take(&desks.authority, "confirm-delivery", &[("receipt", "TT-9")]).await;
    desks.take(&desks.authority, "verify-forwarding", &[]).await;
    desks.take(&desks.authority, "examine-at-authority", &[("how", "analysis"), ("note", "Unggahan dilihat")]).await;
    let answers = [("number", "R-12/KASN/2/2024"), ("employer", EMPLOYER), ("sanction_2", "hukuman disiplin sedang")];
    desks.take(&desks.authority, "receive-recommendation", &answers).await;
    desks.take(&desks.employer, "confirm-recommendation", &[("receipt", "AG-7")]).await;
    let shown = desks.page(&desks.employer).await;
    shown.says(200, "Panggil untuk pemeriksaan");
    shown.says(200, "PP 94/2021 art. 26");
    shown.hides(REPORTER);
    let answers = [("letter", "800/12"), ("session", "2024-02-19T09:00"), ("place", "Ruang rapat")];
    desks.take(&desks.employer, "summon-employee", &answers).await;
    desks.take(&desks.employer, "form-team", &[("letter", "800/13"), ("members", "Ketua, sekretaris, anggota")]).await;
    desks.test.set_clock("2024-02-19T12:00:00+08:00");
    desks.take(&desks.employer, "record-employee-absence", &[]).await;
    desks
        .take(
            &desks.employer,
            "summon-employee",
            &[("letter", "800/14"), ("session", "2024-02-29T09:00"), ("place", "Ruang rapat")],
        )
        .await;
    desks.test.set_clock("2024-02-29T12:00:00+08:00");
    desks.take(&desks.employer, "examine-employee", &[("minutes", "Tanya: benar? Jawab: benar.")]).await;
    desks.take(&desks.authority, "press-employer", &[("measure", "warning"), ("letter", "P-1")]).await;
    let answers = [("decree", "800/20"), ("dated", "2024-02-29"), ("sanction", "penurunan jabatan")];
    desks.take(&desks.employer, "report-sanction", &answers).await;
    assert_eq!(desks.stage().await, Stage::Closed);
    desks.take(&desks.employer, "serve-decision", &[("how", "handed-over")]).await;
    desks.page(&desks.employer).await.says(200, "mulai berlaku");
    desks.test.set_clock("2024-03-05T09:00:00+08:00");
    desks.take(&desks.employer, "lodge-appeal", &[("kind", "objection")]).await;
    let mut form = StepForm::open(&desks.test, &desks.employer, &step_in(desks.matter, "decide-appeal")).await;
    form.answer(&[("result", "changed"), ("number", "K-3")]);
    refuses(&form.preview().await, "sanction", "Tulis sanksi yang berlaku sekarang");
    desks.take(&desks.employer, "decide-appeal", &[("result", "upheld"), ("number", "K-3")]).await;
    let docket = docket_of(&desks.test, desks.matter).await.matter;
    assert!(docket.is_served(PersonNo(2)) && docket.discipline.appeals[0].1.is_some());
}

#[tokio::test]
async fn a_supervisor_types_in_what_an_authority_without_this_program_writes() {
    let desks = desks().await;
    desks.take(&desks.handling, "close-at-authority", &[("outcome", "not-proven"), ("reason", "Surat KASN")]).await;
    assert_eq!(desks.stage().await, Stage::Closed);
    desks.page(&desks.handling).await.says(200, "tidak terbukti");
}

#[tokio::test]
async fn a_decree_is_not_handed_over_before_it_was_made_and_a_block_is_lifted_once() {
    let desks = desks().await;
    let answers =
        [("number", "R-12"), ("employer_received", "2024-02-05"), ("employer", EMPLOYER), ("sanction_2", "sedang")];
    desks.take(&desks.authority, "receive-recommendation", &answers).await;
    let press = step_in(desks.matter, "press-employer");
    desks.take(&desks.authority, "press-employer", &[("measure", "blocking"), ("letter", "B-1")]).await;
    let mut form = StepForm::open(&desks.test, &desks.authority, &press).await;
    form.answer(&[("measure", "blocking"), ("letter", "B-2")]);
    refuses(&form.preview().await, "measure", "sudah diblokir");
    desks.take(&desks.authority, "press-employer", &[("measure", "unblocking"), ("letter", "B-3")]).await;
    let mut form = StepForm::open(&desks.test, &desks.authority, &press).await;
    form.answer(&[("measure", "unblocking"), ("letter", "B-4")]);
    refuses(&form.preview().await, "measure", "tidak sedang diblokir");
    let answers = [("decree", "800/20"), ("dated", "2024-02-05"), ("sanction", "sedang")];
    desks.take(&desks.employer, "report-sanction", &answers).await;
    let mut form = StepForm::open(&desks.test, &desks.employer, &step_in(desks.matter, "serve-decision")).await;
    form.answer(&[("how", "handed-over"), ("on", "2024-02-01")]);
    refuses(&form.preview().await, "on", "lebih awal daripada tanggal keputusan");
}
