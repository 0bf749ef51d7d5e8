//! What files say about themselves, as lines for people.

use netra_evidence::capture::{Capture, SavedPage, SignatureState, Wacz, Warc};
use netra_evidence::metadata::Metadata;
use netra_evidence::timestamp::{Algorithm, Attestation, Imprint, OpenProof, Proof, Status, Token};

use super::{FileJson, PictureJson, ProofJson, words};

/// The most pages of a capture that are shown; JSON has all.
const SHOWN: usize = 20;

/// The most words of a saved page that are shown, in characters.
const SHOWN_WORDS: usize = 300;

/// A file's lines; none if it says nothing.
pub(super) fn lines(file: &FileJson) -> Vec<String> {
    let mut rows = Rows(Vec::new());
    metadata(&file.metadata, &mut rows);
    if let Some(shown) = &file.picture {
        picture(shown, &mut rows);
    }
    match &file.capture {
        Some(Capture::Warc(archive)) => warc(archive, &mut rows),
        Some(Capture::Wacz(archive)) => wacz(archive, &mut rows),
        Some(Capture::Page(saved)) => page(saved, &mut rows),
        None => {}
    }
    if let Some(stamp) = &file.timestamp {
        proof(stamp, &mut rows);
    }
    for fault in &file.faults {
        rows.add("peringatan", fault);
    }
    if rows.0.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), file.file.clone()];
    lines.extend(rows.0);
    lines
}

/// Lines with a label in front.
struct Rows(Vec<String>);

impl Rows {
    fn add(&mut self, label: &str, text: impl AsRef<str>) {
        self.0.push(format!("  {label:<14}  {}", text.as_ref()));
    }

    fn add_some(&mut self, label: &str, text: Option<impl AsRef<str>>) {
        if let Some(text) = text {
            self.add(label, text);
        }
    }
}

fn metadata(told: &Metadata, rows: &mut Rows) {
    let device: Vec<&str> = [&told.maker, &told.model].into_iter().flatten().map(String::as_str).collect();
    rows.add_some("perangkat", (!device.is_empty()).then(|| device.join(" ")));
    rows.add_some("judul", told.title.as_ref());
    for author in &told.authors {
        rows.add("penulis", author);
    }
    for software in &told.software {
        rows.add("program", format!("{}{}", software.name, words::software(software.kind)));
    }
    for dated in &told.times {
        rows.add(words::role(dated.role), words::time(dated.time));
    }
    if let Some(place) = told.position {
        rows.add("posisi", format!("{:.6}, {:.6} (lintang, bujur)", place.latitude, place.longitude));
    }
    if let Some(milliseconds) = told.duration_ms {
        let seconds = milliseconds / 1000;
        rows.add("lama", format!("{}:{:02}", seconds / 60, seconds % 60));
    }
    if let Some(named) = told.named {
        rows.add("nama berkas", format!("{} ({})", words::time(named.time), words::origin(named.origin)));
    }
    for finding in &told.findings {
        rows.add("peringatan", words::finding(*finding));
    }
}

fn picture(shown: &PictureJson, rows: &mut Rows) {
    rows.add("ukuran gambar", format!("{} × {} titik", shown.width, shown.height));
    match shown.likeness.whole {
        Some(codes) => rows.add("sidik rupa", format!("{} {}", codes.wave, codes.rise)),
        None => rows.add("sidik rupa", "tidak ada: gambar hampir polos"),
    }
    for similar in &shown.similar {
        let (wave, rise) = (similar.distance.wave, similar.distance.rise);
        rows.add("mungkin sama", format!("{} (jarak {wave} dan {rise} dari 64; bandingkan sendiri)", similar.file));
    }
}

fn warc(archive: &Warc, rows: &mut Rows) {
    for captured in archive.captured.iter().take(SHOWN) {
        let time = captured.time.map(|time| time.to_string()).unwrap_or_default();
        let kind = captured.media_type.as_deref().unwrap_or("jenis tidak dinyatakan");
        let title = captured.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
        let check = words::digest(captured.digest);
        rows.add("tangkapan", format!("{time} {}{title} ({kind}, {} bita, {check})", captured.address, captured.size));
    }
    more(archive.captured.len(), archive.left_out, rows);
    rows.add_some("peringatan", words::completeness(archive.completeness));
}

fn more(listed: usize, left_out: u64, rows: &mut Rows) {
    let hidden = u64::try_from(listed.saturating_sub(SHOWN)).unwrap_or(0).saturating_add(left_out);
    if hidden > 0 {
        rows.add("", format!("dan {hidden} lagi"));
    }
}

fn wacz(archive: &Wacz, rows: &mut Rows) {
    rows.add_some("judul", archive.title.as_ref());
    rows.add_some("program", archive.software.as_ref());
    rows.add_some("dibuat", archive.created.map(|time| time.to_string()));
    rows.add("daftar isi", words::digest(archive.contents));
    rows.add(
        "tanda tangan",
        match archive.signature {
            SignatureState::Absent => "tidak ada",
            SignatureState::NotVerified => "ada, tidak diperiksa di sini",
        },
    );
    for resource in &archive.resources {
        rows.add("berkas", format!("{} ({})", resource.path, words::resource(resource.state)));
    }
    for name in &archive.unlisted {
        rows.add("peringatan", format!("{name} tidak ada dalam daftar isi; tidak ada sidik yang menjaminnya"));
    }
    for name in &archive.skipped {
        rows.add("peringatan", format!("{name} dilewati: menunjuk ke luar arsip"));
    }
    for page in archive.pages.iter().take(SHOWN) {
        let time = page.time.map(|time| time.to_string()).unwrap_or_default();
        let title = page.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
        rows.add("halaman", format!("{time} {}{title}", page.address));
    }
    more(archive.pages.len(), archive.pages_left_out, rows);
    warc(&archive.captured, rows);
}

fn page(saved: &SavedPage, rows: &mut Rows) {
    rows.add("tangkapan", words::form(saved.form));
    rows.add_some("alamat", saved.address.as_ref());
    rows.add_some("disimpan", saved.time.map(words::time));
    rows.add_some("judul", saved.title.as_ref());
    let words: String = saved.words.chars().take(SHOWN_WORDS).map(|c| if c == '\n' { ' ' } else { c }).collect();
    rows.add("isi", words);
}

fn proof(stamp: &ProofJson, rows: &mut Rows) {
    match &stamp.proof {
        Proof::Token(stamped) => token(stamped, rows),
        Proof::Open(proof) => open(proof, rows),
    }
    for name in &stamp.about {
        rows.add("cocok dengan", name);
    }
    if stamp.about.is_empty() {
        rows.add(
            "cocok dengan",
            "tidak satu pun berkas yang diberikan; sertakan berkas yang dicap dalam perintah yang sama",
        );
    }
}

fn token(stamped: &Token, rows: &mut Rows) {
    rows.add(
        "cap waktu",
        match stamped.status {
            Status::Granted => {
                "RFC 3161; tanda tangan TIDAK diperiksa: pakai openssl ts -verify dengan sertifikat pemberi cap"
            }
            Status::Refused => "RFC 3161; permintaan ditolak, tidak ada cap waktu",
        },
    );
    rows.add_some("dicap", stamped.time.map(|time| time.to_string()));
    rows.add_some("pemberi cap", stamped.authority.as_ref());
    rows.add_some("kebijakan", stamped.policy.as_ref());
    rows.add_some("nomor seri", stamped.serial.as_ref().map(ToString::to_string));
    rows.add_some("sidik", stamped.imprint.as_ref().map(imprint));
}

fn open(proof: &OpenProof, rows: &mut Rows) {
    rows.add("cap waktu", "OpenTimestamps; TIDAK diperiksa terhadap rantai blok: pakai ots verify");
    rows.add("sidik", imprint(&proof.imprint));
    for attestation in &proof.attestations {
        match attestation {
            Attestation::Pending { calendar } => {
                rows.add("menunggu", format!("{calendar}; lengkapi dengan ots upgrade"))
            }
            Attestation::Bitcoin { height, merkle_root } => {
                let root = merkle_root.as_ref().map(|root| format!(", akar {root}")).unwrap_or_default();
                rows.add("blok Bitcoin", format!("{height}{root}"));
            }
            Attestation::Other { kind } => rows.add("cara lain", kind.to_string()),
        }
    }
}

fn imprint(imprint: &Imprint) -> String {
    let algorithm = match &imprint.algorithm {
        Algorithm::Sha256 => "SHA-256",
        Algorithm::Sha384 => "SHA-384",
        Algorithm::Sha512 => "SHA-512",
        Algorithm::Sha1 => "SHA-1",
        Algorithm::Other(name) => name.as_str(),
    };
    format!("{algorithm} {}", imprint.digest)
}
