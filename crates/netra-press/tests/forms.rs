//! Every form with every sample: printed as PDF/A, whole for other programs, with all its words.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use netra_press::{FieldKind, Form, Leaf, Paper, Part, Press, PressError, Sample, Section, Templates, sample};
use tempfile::TempDir;

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(&Templates::embedded()).unwrap());

fn form(id: &str) -> &'static Form {
    PRESS.catalogue().form(id, None).unwrap()
}

fn render(form: &Form, paper: &Paper) -> Result<Vec<u8>, PressError> {
    PRESS.render(form, paper, &sample(form, Sample::Ordinary).1)
}

/// A program of the system, given a file.
fn run(program: &str, args: &[&str], file: &Path) -> Output {
    let output = Command::new(program).args(args).arg(file).arg("-").output();
    output.unwrap_or_else(|error| panic!("{program}: {error}; `cargo xtask test` installs it"))
}

fn saved(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

/// The words of a PDF without its spaces: where lines end is the layout's business.
fn words(file: &Path) -> String {
    let output = run("pdftotext", &["-enc", "UTF-8"], file);
    assert!(output.status.success(), "{}", file.display());
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}

/// The values of the kinds that must never be misread, from a paper made for a form.
fn dates_and_numbers(form: &Form, paper: &Paper) -> Vec<String> {
    let is_exact = |kind| matches!(kind, FieldKind::Date | FieldKind::Moment | FieldKind::Number);
    let rules = form.fields.iter().chain(&form.optional).filter(|rule| is_exact(rule.kind));
    let value = |name: &str| {
        let (section, field) = name.split_once('.')?;
        let section = paper.sections.iter().find(|s| s.name == section)?;
        section.parts.iter().find_map(|part| match part {
            Part::Fields { items } => items.iter().find(|item| item.name == field).map(|item| item.value.clone()),
            _ => None,
        })
    };
    rules.map(|rule| value(&rule.name).unwrap_or_else(|| panic!("{}: {}", form.id, rule.name))).collect()
}

/// The exporter refuses what is not PDF/A-2a, so that a file is its proof.
fn every_form_prints(kind: Sample) {
    let folder = TempDir::new().unwrap();
    for form in &PRESS.catalogue().forms {
        let (paper, meta) = sample(form, kind);
        let bytes = PRESS.render(form, &paper, &meta).unwrap_or_else(|e| panic!("{} {}: {e}", form.id, kind.id()));
        let file = saved(&folder, &format!("{}-{}.pdf", form.id, form.valid_from), &bytes);
        let checked = Command::new("qpdf").arg("--check").arg(&file).output();
        let checked = checked.unwrap_or_else(|error| panic!("qpdf: {error}; `cargo xtask test` installs it"));
        assert!(checked.status.success(), "{}: {}", form.id, String::from_utf8_lossy(&checked.stdout));
    }
}

#[test]
fn every_form_prints_an_ordinary_paper() {
    every_form_prints(Sample::Ordinary);
}

#[test]
fn every_form_prints_a_nearly_empty_paper() {
    every_form_prints(Sample::Minimal);
}

#[test]
fn every_form_prints_an_extreme_paper() {
    every_form_prints(Sample::Extreme);
}

#[test]
fn dates_and_numbers_are_read_back() {
    let folder = TempDir::new().unwrap();
    for form in &PRESS.catalogue().forms {
        let (paper, meta) = sample(form, Sample::Ordinary);
        let file = saved(&folder, "a.pdf", &PRESS.render(form, &paper, &meta).unwrap());
        let text = words(&file);
        let mut wanted = dates_and_numbers(form, &paper);
        wanted.extend([paper.number.clone().unwrap(), paper.place_and_date.clone()]);
        wanted.extend([paper.foot.matter.clone(), paper.foot.recorded.clone()]);
        for value in wanted {
            assert!(text.contains(&squeezed(&value)), "{}: {value}", form.id);
        }
        assert!(text.contains(&squeezed("halaman 1 dari")), "{}", form.id);
        let code = form.code.as_ref().map_or("tanpa kode formulir".to_owned(), |code| format!("Formulir {code}"));
        assert!(text.contains(&squeezed(&code)), "{}", form.id);
    }
}

#[test]
fn a_file_says_what_it_is() {
    let folder = TempDir::new().unwrap();
    let (paper, meta) = sample(form("B.1"), Sample::Ordinary);
    let file = saved(&folder, "a.pdf", &PRESS.render(form("B.1"), &paper, &meta).unwrap());
    let info = String::from_utf8(Command::new("pdfinfo").arg(&file).output().unwrap().stdout).unwrap();
    for line in ["Formulir Laporan (contoh)", "BAWASLU KOTA CONTOH", "Tagged:          yes", "A4"] {
        assert!(info.contains(line), "{line} in {info}");
    }
    let metadata = String::from_utf8(Command::new("pdfinfo").arg("-meta").arg(&file).output().unwrap().stdout).unwrap();
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
}

#[test]
fn an_account_of_forty_pages_is_printed_whole_and_heads_of_tables_are_repeated() {
    let folder = TempDir::new().unwrap();
    let (paper, meta) = sample(form("B.1"), Sample::Extreme);
    let file = saved(&folder, "a.pdf", &PRESS.render(form("B.1"), &paper, &meta).unwrap());
    let info = String::from_utf8(Command::new("pdfinfo").arg(&file).output().unwrap().stdout).unwrap();
    let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse::<usize>().unwrap();
    assert!(pages >= 40, "{pages} pages");
    let text = words(&file);
    for n in 1..=1_700 {
        assert!(text.contains(&format!("Kalimat{n}:")), "sentence {n}");
    }
    assert!(text.contains(&format!("halaman{pages}dari{pages}")));
    let laid_out = String::from_utf8(run("pdftotext", &["-layout"], &file).stdout).unwrap();
    let is_head = |line: &&str| ["No.", "Nama", "Jabatan", "Instansi", "Status"].iter().all(|w| line.contains(w));
    let heads = laid_out.lines().filter(is_head).count();
    assert!(heads > 2, "{heads} heads for two tables of sixty rows");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let (paper, meta) = sample(form("PENERUSAN"), Sample::Ordinary);
    let first = PRESS.render(form("PENERUSAN"), &paper, &meta).unwrap();
    assert_eq!(first, PRESS.render(form("PENERUSAN"), &paper, &meta).unwrap());
}

/// A paper of form SIARAN, which names no section: all of it is printed by the library.
fn notice(text: &str) -> Paper {
    let (mut paper, _) = sample(form("SIARAN"), Sample::Ordinary);
    let parts = vec![Part::Text { paragraphs: vec![text.to_owned()] }];
    paper.sections = vec![Section { name: "isi_siaran".to_owned(), heading: text.to_owned(), parts }];
    paper
}

#[test]
fn what_looks_like_template_code_is_printed_as_it_is() {
    let folder = TempDir::new().unwrap();
    let table = [
        "#panic(\"ini dijalankan\")",
        "#read(\"/etc/passwd\")",
        "#json(\"/data.json\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#eval(\"1+1\") #sys.version #datetime.today()",
        "$ x^2 $ @rujukan <label> *tebal* _miring_ `kode`",
        "= Judul",
        "\\u{41} \\# \\\\ \" ' ]]] }}} ))) //x /*y*/",
        "\"}], \"selebihnya\": [], \"x\": [{\"",
    ];
    for text in table {
        let file = saved(&folder, "a.pdf", &render(form("SIARAN"), &notice(text)).unwrap());
        let printed = words(&file);
        assert_eq!(printed.matches(&squeezed(text)).count(), 2, "heading and text of {text}: {printed}");
    }
}

#[test]
fn letters_that_no_font_has_are_written_out() {
    let folder = TempDir::new().unwrap();
    let table = [
        ("Ketua 😀", "Ketua [U+1F600]"),
        ("漢字", "[U+6F22][U+5B57]"),
        ("A\u{202e}kilabret", "A[U+202E]kilabret"),
        ("\u{e000}\u{0}", "[U+E000][U+0000]"),
        ("👩\u{200d}⚖\u{fe0f} selesai", "[U+1F469][U+2696] selesai"),
        ("ꦲꦤꦕꦫꦏ selesai", "selesai"),
        ("محمد علي selesai", "selesai"),
        // Marks that belong to no letter, and joiners where nothing joins.
        ("\u{301}x \u{64b}y \u{a9c0}z selesai", "selesai"),
        ("A\u{64b}\u{200d}B selesai", "selesai"),
    ];
    for (given, printed) in table {
        let file = saved(&folder, "a.pdf", &render(form("SIARAN"), &notice(given)).unwrap());
        assert!(words(&file).contains(&squeezed(printed)), "{given:?}");
    }
}

#[test]
fn a_section_that_the_template_does_not_know_is_printed_all_the_same() {
    let folder = TempDir::new().unwrap();
    let (mut paper, meta) = sample(form("B.9"), Sample::Ordinary);
    let parts = vec![Part::Text { paragraphs: vec!["Isi tambahan.".to_owned()] }];
    paper.sections.push(Section { name: "tambahan".to_owned(), heading: "Judul tambahan".to_owned(), parts });
    let file = saved(&folder, "a.pdf", &PRESS.render(form("B.9"), &paper, &meta).unwrap());
    assert!(words(&file).contains("JudultambahanIsitambahan."));
}

#[test]
fn a_paper_without_a_required_field_is_refused_by_name() {
    let (mut paper, meta) = sample(form("B.1"), Sample::Ordinary);
    paper.sections.retain(|section| section.name != "uraian_kejadian");
    let error = PRESS.render(form("B.1"), &paper, &meta).unwrap_err();
    assert_eq!(error.to_string(), "form B.1: the paper has no 'uraian_kejadian', which forms.toml requires");
}

#[test]
fn a_whole_file_begins_with_a_table_of_contents() {
    let folder = TempDir::new().unwrap();
    let leaf = |id: &str| {
        let form = form(id);
        Leaf { title: form.title.clone(), code: form.code.clone(), paper: sample(form, Sample::Ordinary).0 }
    };
    let leaves = ["B.1", "KAJIAN-AWAL", "PLENO"].map(leaf);
    let (_, meta) = sample(form("B.1"), Sample::Ordinary);
    let bytes = PRESS.render_file("002/Reg/LP/PL/Kota/23.01/I/2024", &leaves, &meta).unwrap();
    let text = words(&saved(&folder, "a.pdf", &bytes));
    assert!(text.contains("Daftarisi"));
    for title in ["FormulirLaporan", "KajianAwal", "BeritaAcaraRapatPleno"] {
        assert!(text.matches(title).count() >= 2, "{title} in the contents and on its page");
    }
    assert!(text.contains(&squeezed("Berkas perkara 002/Reg/LP/PL/Kota/23.01/I/2024")));
}

/// Each letter stands for itself: it names one addressee and counts its own pages.
#[test]
fn an_appeal_is_one_letter_for_each_addressee() {
    let folder = TempDir::new().unwrap();
    let form = form("IMBAUAN");
    let (mut paper, meta) = sample(form, Sample::Ordinary);
    let text = words(&saved(&folder, "a.pdf", &PRESS.render(form, &paper, &meta).unwrap()));
    assert_eq!(text.matches("KepadaYth.").count(), 3, "one for each row of the table: {text}");
    assert_eq!(text.matches("halaman1dari1").count(), 3, "{text}");
    paper.sections.retain(|section| section.name != "penerima");
    let text = words(&saved(&folder, "b.pdf", &PRESS.render(form, &paper, &meta).unwrap()));
    assert_eq!(text.matches("KepadaYth.").count(), 3, "else one for each entry of the list: {text}");
}

#[test]
fn versions_are_chosen_by_the_day() {
    let catalogue = PRESS.catalogue();
    let template = |id: &str, day: &str| catalogue.form(id, Some(day.parse().unwrap())).map(|f| f.template.as_str());
    assert_eq!(template("A.1", "2024-09-29"), Some("pilkada-2020/a-1.typ"));
    assert_eq!(template("a.1", "2024-09-30"), Some("pilkada-2024/a-1.typ"));
    assert_eq!(template("B.1", "2019-01-01"), None);
    let chosen = |regime: &str, step: &str, variant: Option<&str>| {
        catalogue.form_for(regime, step, variant, "2024-11-01".parse().unwrap()).map(|f| f.id.as_str())
    };
    let table = [
        ("pilkada", "forward", Some("ethics"), Some("A.13")),
        ("pemilu", "forward", Some("ethics"), Some("PENERUSAN-ETIK")),
        ("pilkada", "forward", Some("other-law"), Some("PENERUSAN")),
        ("pemilu", "receive-report", None, Some("B.1")),
        ("pemilu", "clarify", Some("oath"), Some("B.12")),
        ("discipline", "forward", None, None),
    ];
    for (regime, step, variant, expected) in table {
        assert_eq!(chosen(regime, step, variant), expected, "{regime} {step} {variant:?}");
    }
}
