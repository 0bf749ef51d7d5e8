//! Faults of catalogue and templates are told by name before anything is printed, and templates reach nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

use netra_press::{Press, PressError, Sample, Templates, sample};

const FIRST: &str = "umum/siaran.typ";

fn faults(templates: &Templates) -> String {
    match Press::new(templates) {
        Err(PressError::Faults(list)) => list.join("\n"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn faults_name_form_file_and_field() {
    let good = Templates::embedded();
    let toml = good.get("forms.toml").unwrap().to_owned();
    let with_toml = |from: &str, to: &str| good.clone().with("forms.toml", &toml.replacen(from, to, 1));
    let table = [
        (good.clone().without(FIRST), "form SIARAN (umum/siaran.typ): the template is missing"),
        (good.clone().without("forms.toml"), "forms.toml is missing"),
        (
            good.clone().with(FIRST, "#import \"/lib/formulir.typ\": *\n#isi(f(\"rahasia\"))"),
            "form SIARAN (umum/siaran.typ): it names 'rahasia', which is not among the fields in forms.toml",
        ),
        (
            good.clone().with("pemilu-2022/b-1.typ", "#import \"/lib/formulir.typ\": *\n#show: formulir"),
            "form B.1 (pemilu-2022/b-1.typ): it does not print 'identitas_pelapor', which forms.toml requires",
        ),
        (good.clone().with(FIRST, "#isi(f(nama))"), "form SIARAN (umum/siaran.typ): f(…) must be given the name"),
        (good.clone().with(FIRST, "#isi("), "form SIARAN (umum/siaran.typ): the template can't be read: "),
        (good.clone().with("umum/lain.typ", "x"), "umum/lain.typ: no form in forms.toml uses this template"),
        (with_toml("pembuka.nama: name", "pembuka.nama: orang"), "there is no kind of field 'orang'"),
        (with_toml("valid_to = \"2024-09-29\"", ""), "form A.1: two versions are valid on the same day"),
        (with_toml("valid_to = \"2024-09-29\"", "valid_to = \"2001-01-01\""), "valid_to is before valid_from"),
        (with_toml("\n[[form]]\n", "\n[[form]]\nwarna = \"biru\"\n"), "unknown field `warna`"),
    ];
    for (templates, expected) in table {
        let found = faults(&templates);
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

/// A template is written by people who may be wrong; it is not trusted with the machine.
#[test]
fn a_template_reaches_neither_files_nor_packages_nor_the_clock() {
    let calls = [
        "#read(\"/etc/passwd\")",
        "#read(\"/forms.toml\")",
        "#read(\"../../../etc/passwd\")",
        "#image(\"/gambar.png\")",
        "#import \"@preview/cetz:0.3.0\": *",
        "#include \"/tidak/ada.typ\"",
        "#plugin(\"/x.wasm\")",
        "#datetime.today()",
    ];
    for call in calls {
        let text = format!("#import \"/lib/formulir.typ\": *\n#show: formulir\n{call}");
        let press = Press::new(&Templates::embedded().with(FIRST, &text)).unwrap();
        let form = press.catalogue().form("SIARAN", None).unwrap();
        let (paper, meta) = sample(form, Sample::Ordinary);
        match press.render(form, &paper, &meta) {
            Err(PressError::Template { form, faults }) => {
                assert_eq!(form, "SIARAN");
                assert!(faults.join(" ").contains("umum/siaran.typ:3: "), "{call}: {faults:?}");
            }
            Err(other) => panic!("{call}: {other}"),
            Ok(_) => panic!("{call} was carried out"),
        }
    }
}
