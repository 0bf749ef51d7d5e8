//! What anybody may ask without a token: public notices, the clocks of the law, the kinds of problems, and the
//! description of this interface.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use netra_law::Law;
use netra_law::event::EventKind;
use netra_law::pack::{ClockRule, DayEnd, Direction, Nature, ReadingRule, Regime, StartDay};
use netra_law::time::Zone;
use netra_store::Notice;

use super::answers::{self, Article, LawClock, LawClocks, LawReading, Notices, ProblemKind, ProblemKinds, Settled};
use super::asked::{Parameters, day};
use super::caller::Visitor;
use super::document::openapi;
use super::problem::{Kind, Language, Problem};
use super::reply::{self, Sharing};
use crate::app::App;

/// Notices of a page.
const PAGE: u32 = 100;

/// Public notices, newest first.
pub async fn notices(
    State(app): State<App>,
    _: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Parameters::read(query.as_deref(), &["before"])?;
    let before = asked.get("before", |text| text.parse::<i64>().ok())?;
    let found = app.store.notices(PAGE, before).await?;
    reply::found(&headers, Sharing::Public, &notices_page(found))
}

/// A full page ends before the second in which its last notice was published: of several notices of one second none
/// is left out between two pages.
fn notices_page(mut found: Vec<Notice>) -> Notices {
    let second = |notice: &Notice| notice.at.instant().as_second();
    let full = u32::try_from(found.len()).is_ok_and(|count| count >= PAGE);
    let (newest, oldest) = (found.first().map(second), found.last().map(second));
    let next = match (full, newest, oldest) {
        (true, Some(newest), Some(oldest)) if newest > oldest => {
            found.retain(|notice| second(notice) > oldest);
            Some(oldest.saturating_add(1))
        }
        (true, _, oldest) => oldest,
        (false, ..) => None,
    };
    Notices { notices: found.into_iter().map(notice).collect(), next }
}

fn notice(notice: Notice) -> answers::Notice {
    answers::Notice {
        id: notice.act,
        office: answers::Office { id: notice.office, name: notice.office_name },
        at: notice.at,
        title: notice.title,
        text: notice.text,
    }
}

/// The clocks of a procedure on a day; today unless another day is asked for.
pub async fn law_clocks(
    State(app): State<App>,
    _: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Parameters::read(query.as_deref(), &["regime", "date"])?;
    let regime = asked.get("regime", |text| text.parse::<Regime>().ok())?;
    let regime = regime.ok_or_else(|| Problem::parameter("regime"))?;
    let date = asked.get("date", day)?.unwrap_or_else(|| app.now(Zone::Wib).date());
    let found = clocks_on(&app.law, regime, date).ok_or(Problem::new(Kind::NotFound))?;
    reply::found(&headers, Sharing::Public, &found)
}

fn clocks_on(law: &Law, regime: Regime, date: jiff::civil::Date) -> Option<LawClocks> {
    let pack = law.pack_for(regime, date).ok()?;
    Some(LawClocks {
        regime,
        pack: pack.head.id.clone(),
        title: pack.head.title.clone(),
        valid_from: pack.head.valid_from,
        valid_to: pack.head.valid_to,
        article: Article::of(&pack.head.basis),
        clocks: pack.clocks.iter().map(law_clock).collect(),
    })
}

fn law_clock(rule: &ClockRule) -> LawClock {
    LawClock {
        id: rule.id.clone(),
        title: rule.title.clone(),
        title_en: rule.title_en.clone(),
        nature: nature(rule.nature).to_owned(),
        who: rule.who,
        start: rule.start.id().to_owned(),
        ends: rule.ends.iter().map(|event| event.id().to_owned()).collect(),
        length: rule.length,
        unit: rule.unit,
        start_day: start_day(rule.start_day).to_owned(),
        direction: direction(rule.direction).to_owned(),
        day_end: day_end(rule.day_end).to_owned(),
        until_stage: rule.until_stage.clone(),
        extends: rule.extends.clone(),
        readings: rule.reading.iter().map(law_reading).collect(),
        settled: (rule.settled.as_ref())
            .map(|settled| Settled { reading: settled.reading.clone(), by: settled.by.clone() }),
        at_expiry: rule.at_expiry.clone(),
        article: Article::of(&rule.basis),
    }
}

fn law_reading(reading: &ReadingRule) -> LawReading {
    LawReading {
        id: reading.id.clone(),
        length: reading.length,
        unit: reading.unit,
        start: reading.start.map(|event: EventKind| event.id().to_owned()),
        day_end: reading.day_end.map(|end| day_end(end).to_owned()),
        why: reading.why.clone(),
    }
}

fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Deadline => "deadline",
        Nature::Effect => "effect",
        Nature::Ban => "ban",
    }
}

fn start_day(day: StartDay) -> &'static str {
    match day {
        StartDay::Excluded => "excluded",
        StartDay::Included => "included",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "forward",
        Direction::Backward => "backward",
    }
}

fn day_end(end: DayEnd) -> &'static str {
    match end {
        DayEnd::Midnight => "midnight",
        DayEnd::CounterClose => "counter-close",
    }
}

/// The kinds of problems, to which the type of each problem leads.
pub async fn problems(_: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let kind = |kind: &Kind| ProblemKind {
        id: kind.id().to_owned(),
        status: kind.status(),
        title: kind.title(Language::Indonesian).to_owned(),
        title_en: kind.title(Language::English).to_owned(),
        detail: kind.detail(Language::Indonesian).to_owned(),
        detail_en: kind.detail(Language::English).to_owned(),
    };
    reply::found(&headers, Sharing::Public, &ProblemKinds { problems: Kind::ALL.iter().map(kind).collect() })
}

/// The description of this interface.
pub async fn description(_: Visitor) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=60")];
    (headers, openapi()).into_response()
}

#[cfg(test)]
mod tests {
    use netra_docket::ids::ActId;

    use super::*;

    fn at(second: i64) -> Notice {
        let instant = jiff::Timestamp::from_second(second).unwrap();
        Notice {
            act: ActId::new(crate::random::uuid()),
            office: "kantor-contoh".parse().unwrap(),
            office_name: "Kantor Contoh".to_owned(),
            at: netra_law::time::Moment::new(instant, Zone::Wib),
            title: "Judul".to_owned(),
            text: "Isi".to_owned(),
        }
    }

    #[test]
    fn no_notice_of_a_second_is_left_out_between_two_pages() {
        let page = notices_page((0..100).map(|n| at(1_000 - n / 3)).collect());
        assert_eq!(
            (page.notices.len(), page.next),
            (99, Some(968)),
            "the one of the last second waits for the next page"
        );
        let page = notices_page(vec![at(2), at(1)]);
        assert_eq!((page.notices.len(), page.next), (2, None));
        assert_eq!(notices_page(Vec::new()).next, None);
    }

    #[test]
    fn the_clocks_of_every_pack_are_given_with_their_articles() {
        let law = Law::embedded().unwrap();
        for pack in law.packs() {
            let found = clocks_on(&law, pack.head.regime, pack.head.valid_from).unwrap();
            assert_eq!(found.clocks.len(), pack.clocks.len());
            assert!(found.clocks.iter().all(|clock| !clock.article.cite.is_empty()));
        }
        assert!(clocks_on(&law, Regime::Pemilu, "1900-01-01".parse().unwrap()).is_none());
    }
}
