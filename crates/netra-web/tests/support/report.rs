//! Filling the public form in, page by page, and reading what became of it.

use netra_docket::ids::{MatterId, OfficeId};
use netra_store::{DeskQuery, Docket, Privacy, Scope};

use super::{Answer, BALIKPAPAN, TestApp};

/// Names that must never be seen by the public.
pub const REPORTER: &str = "Rina Pelapor";
pub const REPORTED: &str = "Tono Terlapor";
pub const WITNESS: &str = "Sari Saksi";
pub const ACCOUNT: &str = "Ia mengajak bawahannya memilih seorang calon.";

/// The answers of each page of a report, all of them right.
pub fn page(step: u8) -> Vec<(&'static str, &'static str)> {
    match step {
        1 => vec![("kantor", BALIKPAPAN), ("pemilihan", "pemilu")],
        2 => vec![("uraian", ACCOUNT)],
        3 => vec![("tempat", "Ruang rapat lantai 3")],
        4 => vec![("terjadi", "2024-01-15"), ("diketahui", "2024-01-17")],
        5 => vec![("nama-1", REPORTED), ("jabatan-1", "Camat"), ("instansi-1", "Kecamatan Contoh"), ("jenis-1", "pns")],
        6 => vec![("nama-1", WITNESS), ("alamat-1", "Jalan Saksi 2"), ("telepon-1", "0811111111")],
        8 => vec![
            ("nama", REPORTER),
            ("tempat-lahir", "Balikpapan"),
            ("tanggal-lahir", "1990-05-02"),
            ("kelamin", "Perempuan"),
            ("pekerjaan", "Guru"),
            ("kewarganegaraan", "Indonesia"),
            ("alamat", "Jalan Pelapor 3"),
            ("telepon", "0812 3456 7890"),
            ("surel", "rina@contoh.id"),
            ("kedudukan", "pemilih"),
        ],
        _ => Vec::new(),
    }
}

/// The answers of a page with some of them changed.
pub fn page_with(step: u8, changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = page(step);
    for &(name, value) in changes {
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
    }
    fields
}

/// A form being filled in.
pub struct Form<'a> {
    pub test: &'a TestApp,
    pub token: String,
}

impl<'a> Form<'a> {
    /// Starts a form: `laporan` or `informasi`.
    pub async fn start(test: &'a TestApp, kind: &str) -> Form<'a> {
        let answer = test.post("/lapor", &[("jenis", kind)]).await;
        let token = answer.location().split('/').nth(2).unwrap().to_owned();
        assert_eq!(answer.location(), format!("/lapor/{token}/1"));
        Form { test, token }
    }

    /// A form whose pages are all filled in rightly.
    pub async fn filled(test: &'a TestApp, kind: &str) -> Form<'a> {
        let form = Form::start(test, kind).await;
        for step in [1, 2, 3, 4, 5, 6] {
            let next = format!("/lapor/{}/{}", form.token, step + 1);
            assert_eq!(form.save(step, &page(step)).await.location(), next);
        }
        if kind == "laporan" {
            assert_eq!(form.save(8, &page(8)).await.location(), form.at("9"));
        }
        form
    }

    /// The address of a part of the form.
    pub fn at(&self, part: &str) -> String {
        format!("/lapor/{}/{part}", self.token)
    }

    /// Sends a page.
    pub async fn save(&self, step: u8, fields: &[(&str, &str)]) -> Answer {
        self.test.post(&self.at(&step.to_string()), fields).await
    }

    /// Opens a page.
    pub async fn open(&self, step: u8) -> Answer {
        self.test.get(&self.at(&step.to_string())).await
    }

    /// Sends the whole form.
    pub async fn send(&self) -> Answer {
        self.test.post(&self.at("kirim"), &[("benar", "ya")]).await
    }

    /// Sends it and opens the receipt.
    pub async fn receipt(&self) -> Answer {
        let sent = self.send().await;
        assert_eq!(sent.location(), self.at("terima"));
        self.test.get(sent.location()).await
    }
}

/// The tracking code on a receipt, without hyphens.
pub fn code_on(receipt: &Answer) -> String {
    let rest = receipt.body.split("action=\"/s/").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Every matter on an office's desk.
pub async fn matters(test: &TestApp, office: &str) -> Vec<MatterId> {
    let scope = Scope::new(office.parse::<OfficeId>().unwrap(), Privacy::Sealed);
    let query = DeskQuery { limit: 100, ..DeskQuery::default() };
    test.app.store.desk(&scope, &query).await.unwrap().rows.into_iter().map(|row| row.matter).collect()
}

/// The only matter of an office, with names opened.
pub async fn only_docket(test: &TestApp, office: &str) -> Docket {
    let found = matters(test, office).await;
    assert_eq!(found.len(), 1);
    let scope = Scope::new(office.parse::<OfficeId>().unwrap(), Privacy::Open);
    test.app.store.docket(&scope, found[0]).await.unwrap().unwrap()
}
