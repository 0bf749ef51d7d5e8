//! A copy of a picture with parts painted over: a new exhibit that names the one it was made from.
//!
//! The parts are told in hundredths of the picture's sides, so that the page works without script; with it they are
//! drawn.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::act::{Act, Exhibit, ExhibitAdded, ExhibitLabel, ExhibitSource};
use netra_docket::entry::Actor;
use netra_docket::ids::{ActId, ExhibitNo};
use netra_docket::steps::{Offer, StepKind, offer};
use netra_evidence::picture::{Area, Picture, PictureError, Written};
use netra_store::{CustodyKind, NewAct, Recording, Touch};

use super::item::{Item, apart, not_decoded};
use super::picture::{ending, unseen};
use crate::app::App;
use crate::desk::custody;
use crate::desk::session::Officer;
use crate::desk::steps;
use crate::error::PageError;
use crate::form::{FormData, optional_line};
use crate::page::{self, Chrome, Problems};
use crate::policy;
use crate::random;

/// Parts that can be painted over at once.
const BOXES: usize = 10;
/// How many of them stand open; the others are behind a fold.
const IN_SIGHT: usize = 2;
/// The whole side of a picture, in hundredths of a percent.
const WHOLE: u32 = 10_000;
/// How the new exhibit was made, as its docket says.
const HOW: &str = "salinan dengan bagian gambar yang ditutup hitam";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/perkara/{id}/bukti/{no}/tutup", get(show).post(make))
}

#[derive(Template)]
#[template(path = "desk/cover.html")]
struct CoverPage {
    chrome: Chrome,
    link: String,
    no: String,
    file: String,
    csrf: String,
    expected: u32,
    boxes: Vec<BoxView>,
    /// Those behind the fold, which is open if one of them is filled in or wrong.
    more: Vec<BoxView>,
    more_open: bool,
    description: String,
    problems: Problems,
}

/// A part as typed, in percent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct BoxView {
    n: usize,
    x: String,
    y: String,
    width: String,
    height: String,
    /// What is wrong with it.
    problem: String,
}

/// A part in hundredths of a percent of the picture's sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

async fn show(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let item = coverable(&app, &officer, &id, &no).await?;
    let boxes = (1..=BOXES).map(|n| BoxView { n, ..BoxView::default() }).collect();
    page_of(&officer, &item, boxes, default_description(&item), Problems::default())
}

/// The exhibit, if the officer may make a copy of it now.
async fn coverable(app: &App, officer: &Officer, id: &str, no: &str) -> Result<Item, PageError> {
    let item = Item::find(app, officer, id, no).await?;
    if !policy::may_take(officer.account.role, item.opened.relation, StepKind::AddExhibit) {
        return Err(PageError::Forbidden);
    }
    match offer(item.matter(), StepKind::AddExhibit) {
        Offer::Ready if item.is_decoded() => Ok(item),
        Offer::Ready => Err(not_decoded()),
        Offer::Waits(missing) => Err(PageError::BadRequest(missing.join(" "))),
        Offer::Hidden => Err(PageError::Moved),
    }
}

fn default_description(item: &Item) -> String {
    format!("Salinan bukti nomor {} dengan bagian yang ditutup", item.exhibit.no)
}

fn page_of(
    officer: &Officer,
    item: &Item,
    boxes: Vec<BoxView>,
    description: String,
    problems: Problems,
) -> Result<Response, PageError> {
    let status = problems.status();
    let problem = |n: usize| problems.text(&field(n)).to_owned();
    let boxes = boxes.into_iter().map(|typed| BoxView { problem: problem(typed.n), ..typed });
    let (boxes, more): (Vec<BoxView>, Vec<BoxView>) = boxes.partition(|typed| typed.n <= IN_SIGHT);
    let more_open = more.iter().any(|typed| *typed != BoxView { n: typed.n, ..BoxView::default() });
    let page = CoverPage {
        chrome: officer.chrome(),
        link: item.link(),
        no: item.exhibit.no.to_string(),
        file: item.name(),
        csrf: officer.csrf.clone(),
        expected: item.matter().length,
        boxes,
        more,
        more_open,
        description,
        problems,
    };
    page::html(status, &page)
}

async fn make(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let item = coverable(&app, &officer, &id, &no).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    if form.get("expected") != item.matter().length.to_string() {
        return Err(PageError::Moved);
    }
    let mut problems = Problems::default();
    let description = optional_line(&form, "keterangan", &app.limits, &mut problems);
    if item.opened.docket.protected.iter().any(|who| steps::names(who, &description)) {
        problems.add("keterangan", "Teks ini menyebut orang yang identitasnya dilindungi. Ganti dengan perannya.");
    }
    let boxes: Vec<BoxView> = (1..=BOXES).map(|n| typed(&form, n)).collect();
    let parts = parts(&boxes, &mut problems);
    if !problems.is_empty() {
        return page_of(&officer, &item, boxes, description, problems);
    }
    let bytes = item.picture_bytes(&app).await?;
    match apart(move || covered(&bytes, &parts)).await? {
        Ok(written) => record(&app, &officer, &item, written, description).await,
        Err(PictureError::NothingCovered) => {
            problems.add(&field(1), "Kotak ini tidak menutup satu titik pun. Perbesar kotaknya.");
            page_of(&officer, &item, boxes, description, problems)
        }
        Err(other) => Err(unseen(other)),
    }
}

fn typed(form: &FormData, n: usize) -> BoxView {
    let get = |side: &str| form.get(&format!("{side}{n}"));
    BoxView { n, x: get("x"), y: get("y"), width: get("lebar"), height: get("tinggi"), problem: String::new() }
}

/// The field at which a box's problem is told.
fn field(n: usize) -> String {
    format!("x{n}")
}

/// The parts of the boxes that are filled in.
fn parts(boxes: &[BoxView], problems: &mut Problems) -> Vec<Part> {
    let mut list = Vec::new();
    for typed in boxes {
        let sides = [&typed.x, &typed.y, &typed.width, &typed.height];
        if sides.iter().all(|side| side.is_empty()) {
            continue;
        }
        match sides.map(|side| hundredths(side)) {
            [Some(x), Some(y), Some(width), Some(height)] if width > 0 && height > 0 && x < WHOLE && y < WHOLE => {
                list.push(Part { x, y, width, height });
            }
            _ => problems.add(
                &field(typed.n),
                format!("Kotak {}: isi keempat angkanya dalam persen, dari 0 sampai 100, misalnya 12,5.", typed.n),
            ),
        }
    }
    if list.is_empty() {
        problems.add(&field(1), "Isi sekurang-kurangnya satu kotak.");
    }
    list
}

/// A percentage with at most two decimals that count, in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || rest.len() > 12 || !digits(whole) || !digits(rest) {
        return None;
    }
    let cents: String = rest.chars().chain("00".chars()).take(2).collect();
    let number = whole.parse::<u32>().ok()? * 100 + cents.parse::<u32>().ok()?;
    (number <= WHOLE).then_some(number)
}

fn covered(bytes: &[u8], parts: &[Part]) -> Result<Written, PictureError> {
    let picture = Picture::decode(bytes)?;
    let areas: Vec<Area> = parts.iter().map(|part| part.area(picture.width(), picture.height())).collect();
    picture.covered(&areas)
}

impl Part {
    /// The points that it covers: those at its edges too, so that nothing shines through.
    fn area(self, width: u32, height: u32) -> Area {
        let (left, right) = span(self.x, self.width, width);
        let (top, bottom) = span(self.y, self.height, height);
        Area { x: left, y: top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) }
    }
}

/// First point of a span, and the one after its last.
fn span(from: u32, length: u32, side: u32) -> (u32, u32) {
    let (whole, side) = (u64::from(WHOLE), u64::from(side));
    let first = u64::from(from) * side / whole;
    let last = (u64::from(from) + u64::from(length)).min(whole) * side;
    let point = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
    (point(first), point(last.div_ceil(whole)))
}

/// Keeps the copy, records it as an exhibit that names its source, and notes it on both.
async fn record(
    app: &App,
    officer: &Officer,
    item: &Item,
    written: Written,
    description: String,
) -> Result<Response, PageError> {
    let (matter, source, now) = (item.matter(), &item.exhibit, officer.now(app));
    let no = matter.next_exhibit();
    let exhibit = exhibit(app, no, source, written, description).await?;
    let recording = Recording {
        matter: matter.id,
        home: matter.home.clone(),
        expected: matter.length,
        by: Actor::Officer { account: officer.account.id, office: officer.office.id.clone() },
        recorded: now,
        acts: vec![NewAct {
            id: ActId::new(random::uuid()),
            at: now,
            what: Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit] }),
        }],
        receipt: None,
    };
    app.store.record(recording).await?;
    let touches = vec![
        Touch::new(source.no, CustodyKind::Redacted).with_detail(no),
        Touch::new(no, CustodyKind::MadeFrom).with_detail(source.no),
    ];
    custody::note(app, officer, matter.id, touches).await?;
    Ok(Redirect::to(&item.link_to(no)).into_response())
}

async fn exhibit(
    app: &App,
    no: ExhibitNo,
    source: &Exhibit,
    written: Written,
    description: String,
) -> Result<Exhibit, PageError> {
    let label = ExhibitLabel {
        file_name: format!("bukti-{:03}-ditutup.{}", source.no.0, ending(written.media_type)),
        description,
        from: format!("dibuat dari bukti nomor {}", source.no),
    };
    Ok(Exhibit {
        no,
        sha256: app.store.put_blob(&written.bytes).await?,
        size: u64::try_from(written.bytes.len()).unwrap_or(u64::MAX),
        media_type: written.media_type.essence().to_owned(),
        label: label.into(),
        source: Some(ExhibitSource {
            no: source.no,
            sha256: source.sha256.clone(),
            how: HOW.to_owned(),
            extract: None,
        }),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentages_are_read_with_comma_or_point() {
        for (text, expected) in [
            ("0", Some(0)),
            ("12", Some(1200)),
            ("12,5", Some(1250)),
            ("12.345", Some(1234)),
            ("100", Some(10_000)),
            ("100,01", None),
            ("101", None),
            ("-1", None),
            ("", None),
            (",5", None),
            ("1e1", None),
            ("١", None),
        ] {
            assert_eq!(hundredths(text), expected, "{text:?}");
        }
    }

    #[test]
    fn boxes_are_whole_or_empty() {
        let typed = |n, sides: [&str; 4]| {
            let [x, y, width, height] = sides.map(str::to_owned);
            BoxView { n, x, y, width, height, problem: String::new() }
        };
        let mut problems = Problems::default();
        let found = parts(&[typed(1, ["", "", "", ""]), typed(2, ["10", "20", "30", "40"])], &mut problems);
        assert_eq!(found, [Part { x: 1000, y: 2000, width: 3000, height: 4000 }]);
        assert!(problems.is_empty());
        for sides in [["10", "", "30", "40"], ["10", "20", "0", "40"], ["100", "0", "1", "1"], ["a", "1", "1", "1"]] {
            let mut problems = Problems::default();
            parts(&[typed(3, sides)], &mut problems);
            assert!(problems.has("x3"), "{sides:?}");
        }
        let mut problems = Problems::default();
        parts(&[], &mut problems);
        assert!(problems.has("x1"));
    }

    proptest! {
        /// A part covers at least what was told, and never more than a point beyond it.
        #[test]
        fn a_part_covers_what_was_told(x in 0_u32..WHOLE, width in 1_u32..=WHOLE, side in 1_u32..30_000) {
            let area = Part { x, y: 0, width, height: WHOLE }.area(side, side);
            let whole = f64::from(WHOLE);
            let (from, to) = (f64::from(x) / whole, f64::from((x + width).min(WHOLE)) / whole);
            let (left, right) = (f64::from(area.x), f64::from(area.x + area.width));
            prop_assert!(left <= from * f64::from(side) + 1e-6 && left > from * f64::from(side) - 1.0 - 1e-6);
            prop_assert!(right >= to * f64::from(side) - 1e-6 && right < to * f64::from(side) + 1.0 + 1e-6);
            prop_assert!(area.width >= 1 && area.x + area.width <= side);
        }
    }
}
