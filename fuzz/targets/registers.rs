//! Lists of people: any bytes are rows or refused, and a list can be held against itself.
#![no_main]

use std::io::Cursor;
use std::num::NonZeroUsize;

use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;
use netra_registers::input::count_rows;
use netra_registers::name::Name;
use netra_registers::{Input, Settings, changes, each_row, link, tidy};

fn input(bytes: &[u8]) -> Input<'_> {
    Input { name: "a.csv".to_owned(), reader: Box::new(Cursor::new(bytes)) }
}

fuzz_target!(|bytes: &[u8]| {
    if let Some(name) = Name::parse(&String::from_utf8_lossy(bytes)) {
        assert!(!name.words().is_empty());
    }
    let _ = count_rows(input(bytes), &[]);
    // Most bytes have no head: with one, the rows are reached.
    let list = [&b"id,nama,gelar_belakang,ttl,jenis_kelamin,wilayah_kode,wilayah,nik,nip,umur\n"[..], bytes].concat();
    let settings = Settings {
        threshold: 0.0,
        top: NonZeroUsize::MIN,
        age_on: Date::constant(2024, 2, 14),
        threads: NonZeroUsize::MIN,
        columns: Vec::new(),
    };
    if let Ok(list) = tidy(input(&list), &[]) {
        let mut rows = 0;
        each_row(&list.csv, |_| rows += 1).expect("a kept list is read again");
        assert_eq!(rows, list.rows);
        let same = changes(&list.csv, &list.csv).expect("a kept list is compared with itself");
        assert!(same.new.is_empty() && same.changed.is_empty() && same.vanished.is_empty());
    }
    let mut out = Vec::new();
    if link(input(&list), input(&list), &mut out, &settings, &|_| {}).is_ok() {
        assert!(out.starts_with(b"candidate_id,"));
    }
});
