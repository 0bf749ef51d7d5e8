//! Bundles between real servers: a supervisor, an authority and an employer, each with a program and a store of its own.
//! The servers are killed between the steps and go on; what does not hold is refused with its reason and leaves no trace.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

#[path = "support/house.rs"]
mod house;
mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};

use house::{House, PHOTO, REPORTED, REPORTER, forwarded, recommendation, sanction, trust_each_other};
use netra_evidence::Digest;
use netra_ledger::receipt::{Receipt, ReceiptState};
use netra_ledger::waybill::Waybill;
use netra_store::{Store, office_key_name};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

#[test]
fn three_dockets_agree_although_the_server_in_the_middle_is_killed_again_and_again() {
    let (mut home, mut kasn, mut employer) = (House::supervisor(), House::authority(), House::employer());
    trust_each_other(&[&home, &kasn, &employer]);
    let matter = forwarded(&home);
    let page = format!("/meja/perkara/{matter}");

    // Nobody is there yet: the page says so, and the delivery is not lost.
    home.start();
    home.send(&page, "KASN Contoh");
    home.until(&page, "Server penerima tidak terjangkau");
    kasn.start();
    home.until(&page, ": sampai</li>");
    kasn.restart();
    kasn.answer(&[("langkah", "nomor"), ("nomor", "B-12/2024")]);
    kasn.kill();
    home.restart();
    kasn.start();
    home.until(&page, "diterima dengan nomor B-12/2024");
    let opened = kasn.answer(&[("langkah", "terima")]);
    assert_eq!(opened, page, "the matter has the same id everywhere");
    let there = kasn.page(&page);
    assert!(there.contains(REPORTED) && !there.contains(REPORTER), "{there}");
    home.until(&page, ": ditindaklanjuti</li>");
    kasn.kill();

    kasn.record(matter, "2024-02-20T10:00:00+08:00", recommendation());
    kasn.start();
    kasn.send(&page, "Bawaslu Contoh");
    home.until(&page, "Rekomendasi dicatat");
    kasn.send(&page, "Pemkot Contoh");
    employer.start();
    employer.answer(&[("langkah", "terima")]);
    kasn.restart();
    kasn.until(&page, "Rekomendasi diterima PPK");
    employer.kill();

    employer.record(matter, "2024-03-20T10:00:00+08:00", sanction());
    kasn.kill();
    employer.start();
    employer.send(&page, "KASN Contoh");
    employer.until(&page, "Server penerima tidak terjangkau");
    kasn.start();
    kasn.until(&page, "Tindak lanjut PPK dicatat");
    for to in ["Bawaslu Contoh", "Pemkot Contoh"] {
        kasn.send(&page, to);
    }
    home.until(&page, "Tindak lanjut PPK dicatat");
    employer.until(&page, "Rekomendasi diterima PPK");

    for house in [&mut home, &mut kasn, &mut employer] {
        house.kill();
    }
    let dockets = [&home, &kasn, &employer].map(|house| house.docket(matter).unwrap());
    let [first, second, third] = dockets.each_ref().map(|docket| &docket.matter);
    assert_eq!(first.recommendations, second.recommendations);
    assert_eq!(second.recommendations, third.recommendations);
    assert_eq!((&first.sanctions, &second.sanctions), (&second.sanctions, &third.sanctions));
    assert_eq!((first.recommendations.len(), first.sanctions.len()), (1, 1));
    assert_eq!((first.stage(), second.stage()), (second.stage(), third.stage()));
    assert_eq!(first.forwardings[0].confirmed.as_ref().unwrap().1, "B-12/2024");
    assert_eq!(first.persons[0].identity.open().unwrap().name, REPORTER);
    for docket in &dockets[1..] {
        let text = format!("{:?}{:?}", docket.entries, docket.matter);
        assert!(text.contains(REPORTED) && !text.contains(REPORTER), "{text}");
    }
    for house in [&home, &kasn, &employer] {
        let (status, said) = house.command(&["verify"]);
        assert_eq!(status, 0, "{}: {said}", house.id);
    }
}

/// The files of a bundle by their names.
type Files = BTreeMap<String, Vec<u8>>;

fn unpack(bytes: &[u8]) -> Files {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(name, content);
    }
    files
}

fn pack(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The name of the file of a bundle that ends like this.
fn named(files: &Files, ending: &str) -> String {
    files.keys().find(|name| name.ends_with(ending)).unwrap_or_else(|| panic!("no {ending}")).clone()
}

/// A sender who speaks the protocol by hand.
struct Sender {
    agent: ureq::Agent,
    print: String,
}

impl Sender {
    fn new(print: &str) -> Sender {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
        Sender { agent, print: print.to_owned() }
    }

    fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
        let text = answer.unwrap().body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"))
    }

    /// Sends a file and waits for what becomes of it.
    fn send(&self, to: &House, waybill: &str, bytes: &[u8]) -> Value {
        let announced = Sender::read(self.agent.post(to.url("/antar")).send(waybill));
        let Some(upload) = announced["upload"].as_str() else { return announced };
        let address = to.url(&format!("/antar/{}/{upload}", self.print));
        Sender::read(self.agent.patch(address).header("upload-offset", "0").send(bytes));
        let since = Instant::now();
        loop {
            let told = self.told(to);
            if !matches!(told["state"].as_str(), Some("coming" | "whole")) {
                return told;
            }
            assert!(since.elapsed() < Duration::from_secs(60), "{told}");
            // Asked without a pause, the receiver's limit of questions would be reached.
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    fn told(&self, at: &House) -> Value {
        Sender::read(self.agent.get(at.url(&format!("/antar/{}/tanda-terima", self.print))).call())
    }
}

/// A waybill of a house for bytes.
fn waybill(house: &House, print: &str, to: &str, bytes: &[u8]) -> String {
    house.in_store(async |store: &Store| {
        let signed = store.sign_with(&house.id.parse().unwrap(), |key| {
            Waybill {
                bundle: print.parse().unwrap(),
                from: key.verifier().name().clone(),
                to: office_key_name(&to.parse().unwrap()).unwrap(),
                key: key.verifier().clone(),
                sha256: Digest::of(bytes).to_string(),
                size: bytes.len() as u64,
                at: "2024-01-26T02:00:00Z".parse().unwrap(),
            }
            .sign(key)
        });
        signed.unwrap().unwrap()
    })
}

#[test]
fn what_was_tampered_with_is_refused_with_its_reason_and_leaves_no_trace() {
    let (home, mut kasn, mut employer) = (House::supervisor(), House::authority(), House::employer());
    trust_each_other(&[&home, &kasn, &employer]);
    let matter = forwarded(&home);
    let file = home.path("berkas.zip");
    let id = matter.to_string();
    let (status, said) =
        home.command(&["bundle", "--matter", &id, "--to", "kasn", "--out", &file, "--unencrypted", "--json"]);
    assert_eq!(status, 0, "{said}");
    let made: Value = serde_json::from_str(&said).unwrap();
    let print = made["fingerprint"].as_str().unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let whole = unpack(&bytes);
    let (exhibit, record) = (named(&whole, "data/exhibits/001.jpg"), named(&whole, "data/acts/0001.json"));
    assert_eq!(whole[&exhibit], PHOTO);
    let folder = exhibit.split('/').next().unwrap().to_owned();

    let changed = |change: &dyn Fn(&mut Files)| {
        let mut files = whole.clone();
        change(&mut files);
        pack(&files)
    };
    let table: [(&str, Vec<u8>); 5] = [
        ("file-changed", changed(&|files| files.get_mut(&exhibit).unwrap()[20] ^= 1)),
        ("file-changed", changed(&|files| files.get_mut(&record).unwrap()[9] ^= 1)),
        ("file-missing", changed(&|files| drop(files.remove(&exhibit)))),
        ("file-added", changed(&|files| drop(files.insert(format!("{folder}/data/exhibits/002.jpg"), b"x".to_vec())))),
        ("path-unsafe", changed(&|files| drop(files.insert(format!("{folder}/../x"), b"x".to_vec())))),
    ];
    kasn.start();
    employer.start();
    let sender = Sender::new(print);
    for (fault, bytes) in &table {
        let answer = sender.send(&kasn, &waybill(&home, print, "kasn", bytes), bytes);
        assert_eq!((&answer["state"], &answer["fault"]), (&"refused".into(), &(*fault).into()), "{answer}");
        assert!(answer["why"].as_str().is_some_and(|why| !why.is_empty()), "{answer}");
        assert_eq!(sender.told(&kasn), answer, "asked again the answer is the same");
    }
    // For somebody else: told at once where no such office is, and after the check where the waybill lies.
    let answer = sender.send(&employer, &waybill(&home, print, "kasn", &bytes), &bytes);
    assert_eq!((&answer["fault"], &answer["final"]), (&"wrong-receiver".into(), &true.into()), "{answer}");
    let answer = sender.send(&employer, &waybill(&home, print, "pemkot-contoh", &bytes), &bytes);
    assert_eq!((&answer["state"], &answer["fault"]), (&"refused".into(), &"wrong-receiver".into()), "{answer}");
    for house in [&kasn, &employer] {
        assert!(house.page("/meja/kotak-masuk").contains("Belum ada bundel"), "{}", house.id);
    }

    // The same bundle as it was made is taken all the same, once.
    let paper = waybill(&home, print, "kasn", &bytes);
    let answer = sender.send(&kasn, &paper, &bytes);
    assert_eq!(answer["state"], "taken", "{answer}");
    assert_eq!(sender.send(&kasn, &paper, &bytes), answer, "asked again the answer is the same");
    kasn.answer(&[("langkah", "terima")]);
    kasn.kill();
    employer.kill();
    assert_eq!((kasn.length(matter), employer.length(matter)), (1, 0));
    let (status, said) = kasn.command(&["verify"]);
    assert_eq!(status, 0, "{said}");
    receipts(&home, &kasn, matter, print, answer["receipts"][0].as_str().unwrap());
}

/// A receipt counts once, and of two of one step the second is refused; neither leaves a trace.
fn receipts(home: &House, kasn: &House, matter: netra_docket::ids::MatterId, print: &str, first: &str) {
    let file = home.path("tanda-terima");
    let take = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let (status, said) = home.command(&["receive", &file, "--json"]);
        (status, serde_json::from_str::<Value>(&said).unwrap_or_else(|_| panic!("{said}")))
    };
    let before = home.length(matter);
    let (status, taken) = take(first);
    assert_eq!((status, &taken["state"], &taken["recorded"]), (0, &"delivered".into(), &true.into()), "{taken}");
    assert_eq!(home.length(matter), before + 1);
    let (status, replayed) = take(first);
    assert_eq!((status, &replayed["fault_id"]), (1, &"replayed".into()), "{replayed}");
    let second = kasn.in_store(async |store: &Store| {
        let receipt = Receipt {
            bundle: print.parse().unwrap(),
            from: office_key_name(&home.id.parse().unwrap()).unwrap(),
            to: office_key_name(&kasn.id.parse().unwrap()).unwrap(),
            at: "2024-01-30T02:00:00Z".parse().unwrap(),
            state: ReceiptState::Delivered,
        };
        store.sign_with(&kasn.id.parse().unwrap(), |key| receipt.sign(key)).unwrap().unwrap()
    });
    let (status, refused) = take(&second);
    assert_eq!((status, &refused["fault_id"]), (1, &"second".into()), "{refused}");
    assert_eq!(home.length(matter), before + 1, "neither of them left a trace");
}

#[test]
fn an_unknown_sender_is_set_aside_with_the_reason_and_its_bundle_is_not_opened() {
    let (home, mut kasn) = (House::supervisor(), House::authority());
    // The directory of the authority does not know the supervisor.
    trust_each_other(&[&kasn]);
    let matter = forwarded(&home);
    let file = home.path("berkas.zip");
    let id = matter.to_string();
    let (status, said) = home.command(&["bundle", "--matter", &id, "--to", "kasn", "--out", &file, "--json"]);
    assert_eq!(status, 0, "{said}");
    let made: Value = serde_json::from_str(said.trim()).unwrap();
    let print = made["fingerprint"].as_str().unwrap();
    let bytes = std::fs::read(&file).unwrap();
    kasn.start();
    let answer = Sender::new(print).send(&kasn, &waybill(&home, print, "kasn", &bytes), &bytes);
    assert_eq!(answer["state"], "taken", "it has come, and its receipt says no more: {answer}");
    let inbox = kasn.page("/meja/kotak-masuk");
    assert!(inbox.contains("disisihkan") && inbox.contains("tidak tercantum dalam direktori"), "{inbox}");
    assert!(!inbox.contains("Terima dan buka perkara"), "{inbox}");
    kasn.kill();
    assert_eq!(kasn.length(matter), 0);
}
