//! Public notices as an Atom feed (RFC 4287), for readers and newsrooms. The same notices as on their page, nothing more.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use netra_store::Notice;

use crate::app::App;
use crate::error::PageError;

/// Notices in the feed.
const ENTRIES: u32 = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/pengumuman.atom", get(feed))
}

async fn feed(State(app): State<App>) -> Result<Response, PageError> {
    let notices = app.store.notices(ENTRIES, None).await?;
    let text = atom(&app.base_url, &notices, app.clock.now());
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

/// The feed. `now` is its date as long as it has no entry.
fn atom(base: &str, notices: &[Notice], now: Timestamp) -> String {
    let base = escaped(base);
    // A notice may be dated later than the one recorded after it: the newest date is asked for.
    let updated = notices.iter().map(|notice| notice.at.instant()).max().unwrap_or(now);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"id\">\n\
         <id>{base}/pengumuman.atom</id>\n\
         <title>Pengumuman pengawas pemilihan tentang netralitas ASN</title>\n\
         <updated>{}</updated>\n\
         <author><name>Netra</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/pengumuman.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}/pengumuman\"/>\n",
        whole_seconds(updated)
    );
    for notice in notices {
        let at = whole_seconds(notice.at.instant());
        text.push_str(&format!(
            "<entry>\n<id>urn:uuid:{id}</id>\n<title type=\"text\">{title}</title>\n<published>{at}</published>\n\
             <updated>{at}</updated>\n<author><name>{office}</name></author>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{base}/pengumuman#p-{id}\"/>\n\
             <content type=\"text\">{content}</content>\n</entry>\n",
            id = notice.act,
            title = escaped(&notice.title),
            office = escaped(&notice.office_name),
            content = escaped(&notice.text),
        ));
    }
    text.push_str("</feed>\n");
    text
}

/// A time as RFC 3339 has it, without fractions.
fn whole_seconds(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// A text for XML: marks escaped, characters that XML does not have left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' => out.push(letter),
            control if control.is_control() || matches!(control, '\u{FFFE}' | '\u{FFFF}') => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::*;

    fn notice(title: &str, text: &str) -> Notice {
        Notice {
            act: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap(),
            office: "bawaslu-contoh".parse().unwrap(),
            office_name: "Bawaslu \"Contoh\" & Rekaan".to_owned(),
            at: "2024-01-19T10:00:00+08:00".parse().unwrap(),
            title: title.to_owned(),
            text: text.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn any_notice_is_well_formed_and_read_back(title in any::<String>(), text in any::<String>()) {
            let feed = atom("https://netra.example", &[notice(&title, &text)], Timestamp::UNIX_EPOCH);
            let document = Document::parse(&feed).unwrap();
            let found = document.descendants().find(|n| n.has_tag_name("content")).unwrap().text().unwrap_or_default();
            let has = |letter: &char| {
                let control = letter.is_control() && !matches!(letter, '\n' | '\t');
                !control && !matches!(letter, '\u{FFFE}' | '\u{FFFF}')
            };
            let kept: String = text.chars().filter(has).collect();
            prop_assert_eq!(found, kept);
        }
    }

    #[test]
    fn a_feed_without_entries_has_a_date_of_its_own() {
        let feed = atom("https://netra.example", &[], Timestamp::UNIX_EPOCH);
        assert!(feed.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{feed}");
    }
}
