//! Names as they are met, all invented.

use proptest::prelude::*;

use super::*;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap_or_else(|| panic!("no name in {text:?}"))
}

fn degrees(text: &str) -> u128 {
    name(text).degrees
}

#[test]
fn words_of_a_name() {
    let rows = [
        ("Sugono", "sugono"),
        ("Drs. H. AHMAD SYAFI'I, S.Sos., M.Si", "ahmad sapi"),
        ("Dra. Hj. Siti Aminah", "siti aminah"),
        ("K.H. Abd. Karim", "abdul karim"),
        ("KH Abdul Karim", "abdul karim"),
        ("Dr., Budi Hartono, S.H.", "budi hartono"),
        ("Ns. Andi ALI, S.Kep", "andi ali"),
        ("M. ALI SE MM", "ali"),
        ("Muhammad", "muhamad"),
        ("Moch. Anwar", "anuar"),
        ("NI MD. SURYANI SSos MSi", "ni made suriani"),
        ("I Gst. Ngr. Wijana S.E., M.M.", "i gusti ngurah uiana"),
        ("Siti Nurhayati binti Ali A.Md.Keb", "siti nurhaiati"),
        ("Andi alias Budi", "andi"),
        ("R. Soetrisno", "sutrisno"),
        ("R Soetrisno", "r sutrisno"),
        ("Budi Haji Santoso", "budi santoso"),
        ("Haji", "hai"),
        ("Karo-Karo", "karokaro"),
        ("Ali", "ali"),
        ("Ir.", "ir"),
        ("Budi S. Wijaya", "budi s uiaia"),
        ("Ahmad S. Ag.", "ahmad"),
        ("Ahmad, S. Pd. I.", "ahmad"),
        ("Ratu S.Tr.Keb", "ratu"),
        ("A.RAHMAN", "a rahman"),
        ("SITI  AMINAH,SE", "siti aminah"),
        ("Ny. Hartini Suwarno", "hartini suarno"),
    ];
    for (text, expected) in rows {
        assert_eq!(name(text).text(), expected, "{text}");
    }
}

#[test]
fn nothing_without_letters_is_a_name() {
    for text in ["", " ", ".", ",", "-", "123", "'''", ", S.H. ,"] {
        let words = Name::parse(text).map(|name| name.text());
        let expected = if text.contains('S') { Some("s h".to_owned()) } else { None };
        assert_eq!(words, expected, "{text:?}");
    }
}

#[test]
fn spellings_of_one_sound_fold_alike() {
    let rows: [&[&str]; 22] = [
        &["soetrisno", "sutrisno"],
        &["djoko", "joko", "yoko"],
        &["tjahjono", "cahyono", "cahjono"],
        &["sjahrul", "syahrul", "sahrul"],
        &["njoman", "nyoman", "nym"],
        &["achmad", "akhmad", "ahmad", "ach"],
        &["khoirul", "choirul", "hoirul"],
        &["fauzi", "pauji", "vauzi"],
        &["zainuddin", "jainudin", "zainudin"],
        &["dzulkifli", "zulkifli", "julkipli"],
        &["qomar", "komar"],
        &["ridha", "rida"],
        &["thamrin", "tamrin"],
        &["ghazali", "gazali"],
        &["kurniawan", "kurniauan"],
        &["syaifullah", "saifullah"],
        &["yusuf", "jusuf", "yoesoef", "jusup"],
        &["utsman", "usman"],
        &["yosef", "yosep", "yoseph"],
        &["syafiie", "syafii"],
        &["abd", "abdul", "abdoel"],
        &["noer", "noor", "nur"],
    ];
    for row in rows {
        let folded: Vec<Word> = row.iter().map(|word| fold(word.as_bytes())).collect();
        assert!(folded.windows(2).all(|pair| pair[0] == pair[1]), "{row:?}: {folded:?}");
    }
}

#[test]
fn other_names_stay_apart() {
    let rows =
        [("dewi", "desi"), ("budi", "badi"), ("ali", "alya"), ("sari", "siri"), ("rini", "rina"), ("made", "wayan")];
    for (one, other) in rows {
        assert_ne!(fold(one.as_bytes()), fold(other.as_bytes()), "{one} {other}");
    }
}

#[test]
fn degrees_are_the_same_however_they_are_written() {
    let rows: [&[&str]; 5] = [
        &["Budi, S.Sos., M.Si", "BUDI S.SOS M.SI", "Budi SSos MSi", "Budi, S. Sos, M. Si."],
        &["Ani, A.Md.Keb", "ANI AMDKEB", "Ani, Amd.Keb."],
        &["Ali, S.Pd.I.", "ALI, SPDI", "Ali S.Pd.I"],
        &["Ali, S.E., M.M.", "ALI SE MM", "ALI, SE., MM."],
        &["Ali", "ALI"],
    ];
    for row in rows {
        assert!(row.windows(2).all(|pair| degrees(pair[0]) == degrees(pair[1])), "{row:?}");
    }
    let sets: Vec<u128> = rows.iter().map(|row| degrees(row[0])).collect();
    assert!(sets.iter().enumerate().all(|(n, one)| sets.iter().skip(n + 1).all(|other| one != other)), "{sets:?}");
}

#[test]
fn what_else_a_name_tells() {
    let rows = [
        ("Drs. Budi", Sex::Man, Muhammad::Absent, Lineage::None),
        ("Hj. Ani", Sex::Woman, Muhammad::Absent, Lineage::None),
        ("Ni Wayan Sari", Sex::Woman, Muhammad::Absent, Lineage::None),
        ("Muh. Anwar bin Ali", Sex::Man, Muhammad::Present, Lineage::Given),
        ("Anwar", Sex::Unknown, Muhammad::Absent, Lineage::None),
    ];
    for (text, sex, muhammad, lineage) in rows {
        let name = name(text);
        assert_eq!((name.sex, name.muhammad, name.lineage), (sex, muhammad, lineage), "{text}");
    }
    assert_eq!(name("H. Ali").titles, name("Haji Ali").titles);
}

#[test]
fn keys_see_through_order_and_gaps() {
    assert_eq!(name("Nur Hayati").joined, name("Nurhayati").joined);
    assert_ne!(name("Nur Hayati").key, name("Nurhayati").key);
    assert_eq!(name("Budi Santoso").key, name("Santoso Budi").key);
    assert_ne!(name("Budi Santoso").spelled, name("Boedi Santoso").spelled);
    assert_eq!(name("Budi Santoso").key, name("Boedi Santosso").key);
    assert_eq!(name("Budi Santosa").consonants, name("Badi Santoso").consonants);
}

proptest! {
    /// Guards: folding twice is folding once.
    #[test]
    fn folding_is_done_at_once(text in "[a-z]{0,30}") {
        let once = super::fold::sounds(text.as_bytes());
        let twice = super::fold::sounds(once.as_bytes());
        prop_assert_eq!(once, twice);
        prop_assert!(once.as_bytes().iter().all(u8::is_ascii_lowercase));
    }

    /// Guards: any bytes are a name or none; capitals and gaps do not matter.
    #[test]
    fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let read = |bytes: &[u8]| NameReader::default().read(&NameCells { name: bytes, titles: bytes, degrees: bytes });
        let name = read(&bytes);
        prop_assert_eq!(name, read(&bytes.to_ascii_uppercase()));
        if let Some(name) = name {
            prop_assert!(!name.words().is_empty());
            prop_assert!(name.words().len() <= MOST_WORDS);
        }
    }

    /// Guards: a reader keeps nothing of the name before.
    #[test]
    fn a_reader_is_as_good_as_new(one in "[A-Za-z., ]{0,40}", other in "[A-Za-z., ]{0,40}") {
        let mut used = NameReader::default();
        used.read(&NameCells { name: one.as_bytes(), titles: b"Dr.", degrees: b"S.H." });
        let again = used.read(&NameCells { name: other.as_bytes(), titles: b"", degrees: b"" });
        prop_assert_eq!(again, Name::parse(&other));
    }
}
