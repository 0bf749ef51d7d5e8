//! Two exports of the same group, held side by side.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use netra_docket::act::Exhibit;
use netra_evidence::chat::{
    ChatError, Comparison, DateOrder, Difference, Kind, Message, Options, Outline, Summary, Warning, compare,
};
use netra_law::time::short_date;
use netra_store::{CustodyKind, Touch};

use super::super::custody;
use super::asked::{Asked, Masking};
use super::mask::{Mask, Members};
use super::source::{self, Container, Export, Found};
use super::{Choice, may_be_chat, may_unmask, orders, query, view};
use crate::app::App;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};

/// Differences of a page.
const PAGE: u64 = 100;

#[derive(Template)]
#[template(path = "desk/chat_compare.html")]
struct ComparePage {
    chrome: Chrome,
    id: String,
    no: String,
    others: Vec<Choice>,
    orders: Vec<Choice>,
    orders_of_other: Vec<Choice>,
    masked: bool,
    may_unmask: bool,
    result: Option<ResultView>,
}

struct ResultView {
    counts: Vec<(&'static str, u64)>,
    /// How the clocks of the two telephones differ.
    shift: Option<String>,
    warnings: Vec<String>,
    differences: Vec<DifferenceView>,
    total: u64,
    page: u64,
    pages: u64,
    before: Option<String>,
    after: Option<String>,
}

struct DifferenceView {
    words: &'static str,
    sides: Vec<SideView>,
}

/// A message of one of the two.
struct SideView {
    exhibit: String,
    n: u64,
    link: String,
    time: String,
    who: String,
    text: String,
}

/// One of the two exports, read through twice: once whole, once for the messages of the page.
struct Side {
    summary: Summary,
    members: Members,
    messages: BTreeMap<u64, Message<'static>>,
}

pub(super) async fn show(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let found = source::find(&app, &officer, &id, &no).await?;
    let form = query(raw);
    let asked = Asked::read(&form, may_unmask(&officer, &found));
    let of_other = form.get("urutan-lain").parse::<DateOrder>().ok();
    let other = other(&found, &form)?;
    let result = match other {
        Some((exhibit, container)) => {
            let file = app.store.blob_file(&exhibit.sha256).await?;
            let first = (found.file(&app).await?, found.container, asked.options());
            let second = (file, container, Options { order: of_other });
            let page = asked.page;
            let (comparison, sides) = source::apart(move || {
                let first = Export::open(first.0, first.1, &first.2)?;
                let second = Export::open(second.0, second.1, &second.2)?;
                compared(first, second, page)
            })
            .await?;
            let viewed = [found.exhibit.no, exhibit.no].map(|no| Touch::new(no, CustodyKind::Viewed));
            custody::note(&app, &officer, found.opened.docket.matter.id, viewed.to_vec()).await?;
            Some(result_view(&found, exhibit, of_other, &asked, &comparison, &sides))
        }
        None => None,
    };
    let matter = &found.opened.docket.matter;
    page::ok(&ComparePage {
        chrome: officer.chrome(),
        id: matter.id.to_string(),
        no: found.exhibit.no.to_string(),
        others: others(&found, other.map(|(exhibit, _)| exhibit)),
        orders: orders(asked.order),
        orders_of_other: orders(of_other),
        masked: asked.masking == Masking::Masked,
        may_unmask: may_unmask(&officer, &found),
        result,
    })
}

/// The exhibit to compare with: another chat of the same matter; none if none is chosen.
fn other<'f>(found: &'f Found, form: &FormData) -> Result<Option<(&'f Exhibit, Container)>, PageError> {
    let chosen = form.get("dengan");
    if chosen.is_empty() {
        return Ok(None);
    }
    let exhibits = &found.opened.docket.matter.exhibits;
    let exhibit = exhibits.iter().find(|other| other.no != found.exhibit.no && other.no.to_string() == chosen);
    let chat = exhibit.and_then(|other| Some((other, Container::of(other)?)));
    chat.map(Some).ok_or(PageError::NotFound)
}

/// The other chats of the matter, to choose from.
fn others(found: &Found, chosen: Option<&Exhibit>) -> Vec<Choice> {
    let chosen = chosen.map(|exhibit| exhibit.no.to_string()).unwrap_or_default();
    let exhibits = found.opened.docket.matter.exhibits.iter();
    let chats = exhibits.filter(|other| other.no != found.exhibit.no && may_be_chat(other));
    chats
        .map(|exhibit| {
            let name = exhibit.label.open().map(|label| label.file_name.as_str()).unwrap_or_default();
            Choice::new(exhibit.no.to_string(), format!("Bukti nomor {} {name}", exhibit.no).trim(), &chosen)
        })
        .collect()
}

/// Compares, and fetches the messages of a page of differences.
fn compared(mut first: Export, mut second: Export, page: u64) -> Result<(Comparison, [Side; 2]), ChatError> {
    let (one, mut first_side) = outlined(&mut first)?;
    let (two, mut second_side) = outlined(&mut second)?;
    let comparison = compare(&one, &two);
    let shown = of_page(&comparison, page);
    first_side.fetch(&mut first, shown.iter().filter_map(|difference| difference.first()))?;
    second_side.fetch(&mut second, shown.iter().filter_map(|difference| difference.second()))?;
    Ok((comparison, [first_side, second_side]))
}

fn of_page(comparison: &Comparison, page: u64) -> &[Difference] {
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let place = usize::try_from(page.saturating_sub(1)).unwrap_or(usize::MAX);
    comparison.differences.chunks(size).nth(place).unwrap_or_default()
}

fn outlined(export: &mut Export) -> Result<(Outline, Side), ChatError> {
    let (mut outline, mut members) = (Outline::new(), Members::default());
    let summary = export.read(|message| {
        outline.push(&message);
        if let Some(author) = &message.author {
            members.wrote(author);
        }
        ControlFlow::Continue(())
    })?;
    Ok((outline, Side { summary, members, messages: BTreeMap::new() }))
}

impl Side {
    fn fetch(&mut self, export: &mut Export, numbers: impl Iterator<Item = u64>) -> Result<(), ChatError> {
        let wanted: std::collections::BTreeSet<u64> = numbers.collect();
        let Some(last) = wanted.last().copied() else { return Ok(()) };
        export.read(|message| {
            let n = message.n;
            if wanted.contains(&n) {
                self.messages.insert(n, message.into_owned());
            }
            if n < last { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(())
    }
}

fn result_view(
    found: &Found,
    other: &Exhibit,
    of_other: Option<DateOrder>,
    asked: &Asked,
    comparison: &Comparison,
    sides: &[Side; 2],
) -> ResultView {
    let [first, second] = sides;
    let masks = [
        Mask::new(&first.members, asked.masking, &asked.shown),
        Mask::new(&second.members, asked.masking, &asked.shown),
    ];
    let [first_mask, second_mask] = &masks;
    let base = format!("/meja/perkara/{}/bukti", found.opened.docket.matter.id);
    let side = |side: &Side, mask: &Mask<'_>, exhibit: &Exhibit, number: Option<u64>| {
        let message = number.and_then(|number| side.messages.get(&number))?;
        Some(side_view(message, mask, exhibit, &base))
    };
    let differences = of_page(comparison, asked.page).iter().map(|difference| DifferenceView {
        words: difference.indonesian(),
        sides: [
            side(first, first_mask, &found.exhibit, difference.first()),
            side(second, second_mask, other, difference.second()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    });
    let total = u64::try_from(comparison.differences.len()).unwrap_or(u64::MAX);
    let pages = total.div_ceil(PAGE).max(1);
    let address = |page: u64| {
        let mut pairs = asked.pairs_but(&["cari", "tampil"]);
        pairs.push(("dengan", other.no.to_string()));
        pairs.extend(of_other.map(|order| ("urutan-lain", order.id().to_owned())));
        pairs.push(("hal", page.to_string()));
        format!("{base}/{}/banding?{}", found.exhibit.no, serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    ResultView {
        counts: counts(comparison),
        shift: shift_words(comparison.shift_minutes),
        warnings: warnings(&found.exhibit, first).into_iter().chain(warnings(other, second)).collect(),
        differences: differences.collect(),
        total,
        page: asked.page,
        pages,
        before: (asked.page > 1).then(|| address(asked.page - 1)),
        after: (asked.page < pages).then(|| address(asked.page + 1)),
    }
}

/// What has to be known before anybody trusts a comparison: dates in doubt and odd times.
fn warnings(exhibit: &Exhibit, side: &Side) -> Vec<String> {
    let is_of_media = |warning: Warning| matches!(warning, Warning::AttachmentMissing | Warning::UnreferencedMember);
    let list = side.summary.warnings.iter().copied().filter(|warning| !is_of_media(*warning));
    list.map(|warning| format!("Bukti nomor {}: {}", exhibit.no, view::warning(warning))).collect()
}

fn counts(comparison: &Comparison) -> Vec<(&'static str, u64)> {
    vec![
        ("sama", comparison.equal),
        ("isinya berbeda", comparison.count(|difference| matches!(difference, Difference::Words { .. }))),
        ("pengirimnya berbeda", comparison.count(|difference| matches!(difference, Difference::Author { .. }))),
        ("hanya ada di sini", comparison.count(|difference| matches!(difference, Difference::OnlyFirst { .. }))),
        ("hanya ada di pembanding", comparison.count(|difference| matches!(difference, Difference::OnlySecond { .. }))),
        ("di luar rentang waktu bersama", comparison.outside_first.saturating_add(comparison.outside_second)),
    ]
}

fn shift_words(minutes: i64) -> Option<String> {
    let ahead = if minutes > 0 { "lebih cepat" } else { "lebih lambat" };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    let length = match (hours, rest) {
        (0, rest) => format!("{rest} menit"),
        (hours, 0) => format!("{hours} jam"),
        (hours, rest) => format!("{hours} jam {rest} menit"),
    };
    let words = format!(
        "Jam ponsel ekspor ini {ahead} {length} daripada jam pembandingnya: zona waktunya berbeda. Sudah diperhitungkan."
    );
    (minutes != 0).then_some(words)
}

fn side_view(message: &Message<'_>, mask: &Mask<'_>, exhibit: &Exhibit, base: &str) -> SideView {
    let mut text = view::words(message, mask);
    if let Kind::Attachment(attachment) = &message.kind {
        text = format!("[{}] {text}", view::file_words(attachment, mask));
    } else if let Some(kind) = view::kind_words(&message.kind, mask) {
        text = format!("[{kind}] {text}");
    }
    let page = message.n.saturating_sub(1) / view::PAGE + 1;
    SideView {
        exhibit: format!("Bukti nomor {}", exhibit.no),
        n: message.n,
        link: format!("{base}/{}/percakapan?hal={page}#p-{}", exhibit.no, message.n),
        time: format!("{} {}", short_date(message.sent.at.date()), view::time_words(message.sent, None)),
        who: message.author.as_deref().map_or_else(|| "Anggota lain".to_owned(), |author| mask.who(author)),
        text: text.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_told_in_hours() {
        assert_eq!(shift_words(0), None);
        assert!(shift_words(-60).unwrap().contains("lebih lambat 1 jam daripada"));
        assert!(shift_words(90).unwrap().contains("lebih cepat 1 jam 30 menit daripada"));
        assert!(shift_words(15).unwrap().contains("lebih cepat 15 menit"));
    }
}
