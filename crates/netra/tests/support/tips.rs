//! Tips that people send through the public form of an office.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::Arc;

use netra_law::Law;
use netra_law::numbering::OfficeNumbering;
use netra_law::time::Zone;
use netra_store::{Office, OfficeKind, Place, Store};

/// A client that follows nothing and takes every answer.
pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into()
}

/// Fills a tip in up to its last page, whatever `post` is; gives the form's path, none if a page was not taken.
pub fn fill_in(mut post: impl FnMut(&str, &[(&str, &str)]) -> Option<String>) -> Option<String> {
    let first = post("/lapor", &[("jenis", "informasi")])?;
    let form = first.rsplit_once('/')?.0.to_owned();
    let steps: [(u8, &[(&str, &str)]); 5] = [
        (1, &[("kantor", "bawaslu-contoh"), ("pemilihan", "pemilu")]),
        (2, &[("uraian", "Seorang lurah mengajak warga memilih calon.")]),
        (3, &[("tempat", "Balai desa")]),
        (4, &[("terjadi", ""), ("diketahui", "")]),
        (5, &[("tidak-tahu", "ya")]),
    ];
    for (step, fields) in steps {
        post(&format!("{form}/{step}"), fields)?;
    }
    Some(form)
}

/// Makes the office to which the tips go.
pub async fn with_an_office(place: &Place) {
    let store = Store::open(place, Arc::new(Law::embedded().unwrap())).await.unwrap();
    let office = Office {
        id: "bawaslu-contoh".parse().unwrap(),
        name: "Bawaslu Contoh".to_owned(),
        kind: OfficeKind::Regency,
        authority: None,
        parent: None,
        zone: Zone::Wita,
        region: "64.71".to_owned(),
        level: "Kota".to_owned(),
        area: "23.01".to_owned(),
        address: String::new(),
        members: 5,
        numbering: OfficeNumbering::default(),
        calendar: Vec::new(),
    };
    store.add_office(&office).await.unwrap();
    store.close().await;
}
