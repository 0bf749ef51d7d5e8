//! Tables as offices keep them, and everything that is wrong with them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::io::{Cursor, Write as _};

use netra_sheets::{MAX_CELL, MAX_ROWS, Sheet, read, write_csv};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn csv(text: &str) -> Sheet {
    read("perkara.csv", text.as_bytes()).unwrap()
}

fn yaml(text: &str) -> Sheet {
    read("perkara.yaml", text.as_bytes()).unwrap()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).unwrap_err().to_string()
}

/// A sheet as lines: `2: id=A, plenary=2024-01-19`.
fn lines(sheet: &Sheet) -> Vec<String> {
    let row = |row: &netra_sheets::Row| {
        let cells: Vec<String> = row.cells.iter().map(|(column, text)| format!("{column}={text}")).collect();
        format!("{}: {}", row.line, cells.join(", "))
    };
    sheet.rows.iter().map(row).collect()
}

const NOTHING: [&str; 0] = [];

// --- CSV ----------------------------------------------------------------------------------------

/// Guards: comma, semicolon and tab; with and without byte-order mark; both line ends; quotes.
#[test]
fn csv_in_all_its_forms() {
    let expected = ["2: id=A, plenary=2024-01-19", "3: id=B"];
    for text in [
        "id,plenary\nA,2024-01-19\nB,\n",
        "\u{FEFF}id,plenary\r\nA,2024-01-19\r\nB,\r\n",
        "id;plenary\r\nA;2024-01-19\r\nB\r\n",
        "id\tplenary\nA\t2024-01-19\nB\t",
        "\"id\";\"plenary\"\n\"A\";\"2024-01-19\"\n\"B\";\"\"\n",
        " id , plenary \n A , 2024-01-19 \n B ,  \n",
    ] {
        let sheet = csv(text);
        assert_eq!(lines(&sheet), expected, "{text:?}");
        assert_eq!(sheet.columns, ["id", "plenary"], "{text:?}");
        assert_eq!(sheet.complaints, NOTHING, "{text:?}");
    }
    let declared = csv("sep=;\nid;plenary\nA;2024-01-19\nB\n");
    assert_eq!(lines(&declared), ["3: id=A, plenary=2024-01-19", "4: id=B"]);
}

/// Guards: the line is that of the file, whatever blank lines and broken cells stand before it.
#[test]
fn lines_are_those_of_the_file() {
    let sheet = csv("\r\nid,catatan\r\n\r\nA,\"dua\r\nbaris, \"\"satu\"\" isi\"\r\n\r\n\r\nB,x\r\n");
    assert_eq!(lines(&sheet), ["4: id=A, catatan=dua\r\nbaris, \"satu\" isi", "8: id=B, catatan=x"]);
    assert_eq!(lines(&csv("id,b\rA,1\rB,2\r")), ["1: id=A, b=1", "1: id=B, b=2"], "lines of an old Macintosh");
}

/// Guards: the delimiter is that of the head, whatever stands in the title above and the cells below.
#[test]
fn the_head_is_found_below_titles() {
    let sheet = csv("REKAP, PERKARA, TAHUN, 2024\n\nnomor;id;plenary\n1;A, B, C;2024-01-19\n");
    assert_eq!(lines(&sheet), ["4: nomor=1, id=A, B, C, plenary=2024-01-19"]);
    assert_eq!(sheet.complaints, ["Isi di atas nama kolom (sampai baris 1) tidak dibaca."]);
    assert_eq!(csv("a,b\n1,2\n").columns, ["a", "b"], "without an id the first line is the head");
}

/// Guards: what is not read is said, with its line.
#[test]
fn complaints_name_the_line() {
    let long = "x".repeat(MAX_CELL + 1);
    let sheet = csv(&format!("id,,plenary,Plenary\nA,tanpa nama,p,q,terlalu jauh\nB,,{long}\n"));
    assert_eq!(
        sheet.complaints,
        [
            "Baris 3: sebuah isi lebih panjang dari 2000 huruf dan dipotong.",
            "Kolom 'Plenary' ada lebih dari satu kali.",
            "Baris 2: isi di kolom ke-2 yang tidak bernama tidak dibaca.",
            "Baris 2: isi di kolom ke-5 yang tidak bernama tidak dibaca.",
        ]
    );
    assert_eq!(lines(&sheet)[0], "2: id=A, plenary=p, Plenary=q");
    assert_eq!(sheet.rows[1].cells[1].1.len(), MAX_CELL);

    let many = csv(&format!("id\n{}", "A,x\n".repeat(80)));
    assert_eq!((many.complaints.len(), many.complaints[50].as_str()), (51, "Dan 30 catatan lain."));
}

/// Guards: every refusal says what, where and how to mend it.
#[test]
fn refusals() {
    let wide = format!("id{}\n", ",x".repeat(200));
    let rows: [(&str, &[u8], &str); 9] = [
        ("perkara.csv", b"id,nama\nA,caf\xE9\n", "baris 2: bukan teks UTF-8; simpan ulang sebagai \"CSV UTF-8\""),
        ("perkara.csv", b"\xFF\xFEi\0d\0", "baris 1: bukan teks UTF-8; simpan ulang sebagai \"CSV UTF-8\""),
        ("perkara.csv", b"", "tidak ada baris yang terisi"),
        ("perkara.csv", b"id,plenary\n,\n", "tidak ada baris yang terisi"),
        ("perkara.csv", wide.as_bytes(), "baris 1: terlalu banyak kolom; paling banyak 200"),
        ("perkara.docx", b"apa saja", "bukan CSV, XLSX atau YAML"),
        ("perkara", b"id\nA\n", "bukan CSV, XLSX atau YAML"),
        ("perkara.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "terkunci kata sandi"),
        ("perkara.xlsx", b"PK\x03\x04 rusak", "buku kerja tidak terbaca"),
    ];
    for (name, bytes, expected) in rows {
        let refused = refusal(name, bytes);
        assert!(refused.contains(expected), "{name}: {refused}");
    }
    let long = format!("id\n{}", "A\n".repeat(MAX_ROWS + 1));
    assert!(refusal("perkara.csv", long.as_bytes()).contains("paling banyak 50000"));
    assert_eq!(csv(&format!("id\n{}", "A\n".repeat(MAX_ROWS))).rows.len(), MAX_ROWS);
}

// --- YAML ---------------------------------------------------------------------------------------

/// Guards: a list of maps with values as they are written: zeros, dates and words keep their form.
#[test]
fn yaml_keeps_what_is_written() {
    let sheet = yaml(
        "# perkara lama\n- id: 007\n  regime: pemilu\n  delivered: 2024-01-02T15:51\n  plenary:\n- id: \"no\"\n  plenary: 2024-01-19\n  catatan: ~\n",
    );
    assert_eq!(lines(&sheet), ["2: id=007, regime=pemilu, delivered=2024-01-02T15:51", "6: id=no, plenary=2024-01-19"]);
    assert_eq!(sheet.columns, ["id", "regime", "delivered", "plenary", "catatan"]);
    assert_eq!(lines(&yaml("[{id: A, plenary: 2024-01}]")), ["1: id=A, plenary=2024-01"]);
}

/// Guards: what is no list of flat maps is refused with its line.
#[test]
fn yaml_that_is_no_table() {
    for text in
        ["id: A\n", "- A\n- B\n", "- id: A\n  plenary: [1, 2]\n", "- id: A\n  id: B\n", "- id: \"A\n", "- {id: A"]
    {
        let refused = refusal("perkara.yml", text.as_bytes());
        assert!(refused.starts_with("baris ") && refused.contains("YAML tidak terbaca"), "{text:?}: {refused}");
    }
    assert!(refusal("perkara.yml", b"- id: A\n  plenary: [1, 2]\n").starts_with("baris 2: "));
    assert!(refusal("perkara.yml", b"").contains("tidak ada baris yang terisi"));
    let repeated = format!("- id: &a A\n{}", "- id: *a\n".repeat(101));
    assert!(refusal("perkara.yml", repeated.as_bytes()).contains("YAML tidak terbaca"));
}

// --- XLSX ---------------------------------------------------------------------------------------

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sampul" sheetId="1" r:id="rId1"/><sheet name="Perkara" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
/// Style 1 is a date, style 2 a date with time.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>pemilu</t></si></sst>"#;

fn worksheet(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn word(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn workbook(rows: &str) -> Vec<u8> {
    let cover = worksheet(&format!("<row r=\"1\">{}</row>", word("A1", "REKAP PERKARA 2024")));
    let table = worksheet(rows);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", PARTS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", cover.as_str()),
        ("xl/worksheets/sheet2.xml", table.as_str()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Guards: the first sheet with a head is read; dates become ISO, numbers have no `.0`, gaps stay gaps.
#[test]
fn a_workbook() {
    let title = format!("<row r=\"1\">{}</row>", word("A1", "Daftar perkara"));
    let names = ["id", "regime", "delivered", "registered", "catatan"];
    let heads: String =
        names.iter().zip(["A3", "B3", "C3", "D3", "E3"]).map(|(name, place)| word(place, name)).collect();
    let first = "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\" t=\"s\"><v>0</v></c><c r=\"C4\" s=\"2\"><v>45310.715277777781</v></c><c r=\"D4\" s=\"1\"><v>45313</v></c><c r=\"E4\"><v>1.5</v></c></row>";
    let second = "<row r=\"9\"><c r=\"A9\" t=\"str\"><f>CONCATENATE(1)</f><v>008/LP</v></c><c r=\"D9\" s=\"1\"/><c r=\"E9\" t=\"b\"><v>1</v></c></row>";
    let bytes = workbook(&format!("{title}<row r=\"3\">{heads}</row>{first}{second}"));
    let sheet = read("perkara.xlsx", &bytes).unwrap();
    assert_eq!(sheet.columns, names);
    assert_eq!(
        lines(&sheet),
        [
            "4: id=7, regime=pemilu, delivered=2024-01-19T17:10, registered=2024-01-22, catatan=1.5",
            "9: id=008/LP, catatan=ya",
        ]
    );
    assert_eq!(sheet.complaints, ["Isi di atas nama kolom (sampai baris 1) tidak dibaca."]);
    assert_eq!(read("tanpa akhiran", &bytes).unwrap(), sheet, "a workbook is known by its bytes");
}

/// Guards: a cell in the last corner of a worksheet costs no memory; a sheet without a head is named.
#[test]
fn workbooks_that_are_no_tables() {
    let far = format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", word("A1", "id"), word("XFD1048576", "x"));
    assert!(refusal("jauh.xlsx", &workbook(&far)).contains("terlalu banyak kolom"));
    let deep = format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", word("A1", "id"), word("A1048576", "x"));
    assert_eq!(lines(&read("dalam.xlsx", &workbook(&deep)).unwrap()), ["1048576: id=x"]);
    let headless = format!("<row r=\"1\">{}</row>", word("A1", "nama"));
    assert!(refusal("tanpa.xlsx", &workbook(&headless)).contains("tidak ada lembar dengan baris kepala"));

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("lain.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"bukan buku kerja").unwrap();
    let other = zip.finish().unwrap().into_inner();
    assert!(refusal("lain.xlsx", &other).contains("buku kerja tidak terbaca"));
}

/// Guards: an archive that unpacks to gigabytes is refused before anything is kept.
#[test]
fn an_archive_that_swells_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..129 {
        zip.write_all(&block).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert!(refusal("bom.xlsx", &bytes).contains("terlalu besar sesudah dibuka"));
}

// --- Writing ------------------------------------------------------------------------------------

/// Guards: no cell is a formula, and what has commas, quotes or lines is quoted.
#[test]
fn formulas_are_disarmed() {
    let rows = vec![
        vec!["=HYPERLINK(\"http://jahat\")".to_owned(), "+62812".to_owned(), "-1".to_owned()],
        vec!["@SUM(A1)".to_owned(), "\tx".to_owned(), "a, \"b\"\nc".to_owned()],
        vec!["2024-01-19".to_owned(), String::new(), "x=1".to_owned()],
    ];
    let written = String::from_utf8(write_csv(&["id", "b", "c"], &rows)).unwrap();
    assert_eq!(
        written,
        "\u{FEFF}id,b,c\r\n\"'=HYPERLINK(\"\"http://jahat\"\")\",'+62812,'-1\r\n'@SUM(A1),\"'\tx\",\"a, \"\"b\"\"\nc\"\r\n2024-01-19,,x=1\r\n"
    );
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z,;\"' \n=+@-]{0,12}", any::<String>()]
}

proptest! {
    /// Guards: what is written is read back, but for the apostrophe and the space around a cell.
    #[test]
    fn what_is_written_is_read_back(texts in proptest::collection::vec(cell(), 1..6)) {
        let columns: Vec<String> = (0..=texts.len()).map(|n| if n == 0 { "id".to_owned() } else { format!("k{n}") }).collect();
        let mut row = vec!["A".to_owned()];
        row.extend(texts.iter().cloned());
        let sheet = read("a.csv", &write_csv(&columns, &[row])).unwrap();
        prop_assert_eq!(sheet.rows.len(), 1);
        for (n, text) in texts.iter().enumerate() {
            let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.clone() };
            let expected = guarded.trim();
            let name = format!("k{}", n + 1);
            let found = sheet.rows[0].cells.iter().find(|(column, _)| *column == name).map_or("", |(_, text)| text.as_str());
            prop_assert_eq!(found, expected);
        }
    }

    /// Guards: any bytes are judged.
    #[test]
    fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0_usize..4) {
        let name = ["a.csv", "a.yaml", "a.xlsx", "a"][kind];
        let _ = read(name, &bytes);
        let mut archive = b"PK\x03\x04".to_vec();
        archive.extend_from_slice(&bytes);
        let _ = read(name, &archive);
    }

    /// Guards: any text is judged, as CSV and as YAML.
    #[test]
    fn any_text_is_judged(text in "(id[,;:]|[a-z0-9,;:\"'\\-\\[\\]{}&*# \r\n\t]){0,60}") {
        let _ = read("a.csv", text.as_bytes());
        let _ = read("a.yaml", text.as_bytes());
    }
}
