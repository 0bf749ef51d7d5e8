//! A decree changes the calendar: running matters are computed again, and each moved date becomes an act.

use netra_docket::act::Act;
use netra_docket::entry::Actor;
use netra_docket::ids::AccountId;
use netra_law::time::Moment;
use netra_store::{CalendarChange, CalendarKind, DeskQuery, RecordError};

use crate::common::{HOME, OTHER, hours_later, new_matter, new_matter_of, office_id, open, rig};

fn change(kind: CalendarKind, day: &str, office: Option<&str>) -> CalendarChange {
    CalendarChange {
        date: day.parse().unwrap(),
        kind,
        name: if kind == CalendarKind::Lifted { String::new() } else { "Hari Contoh".to_owned() },
        decree: "Keputusan Contoh 1/2024".to_owned(),
        office: office.map(office_id),
    }
}

fn nobody() -> AccountId {
    "00000000-0000-4000-8000-000000000001".parse().unwrap()
}

async fn due(rig: &crate::common::Rig, office: &str) -> Moment {
    let page = rig.store.desk(&open(office), &DeskQuery { limit: 10, ..DeskQuery::default() }).await.unwrap();
    page.rows[0].next.clone().unwrap().due
}

#[tokio::test]
async fn a_holiday_inside_a_running_clock_moves_its_date_and_is_told_in_the_docket() {
    let rig = rig().await;
    let recording = new_matter(hours_later(0));
    let matter = recording.matter;
    rig.store.record(recording).await.unwrap();
    let before = due(&rig, HOME).await;
    let holiday = before.date();
    let now = hours_later(1);
    let moved = change(CalendarKind::National, &holiday.to_string(), None);
    assert_eq!(rig.store.change_calendar(&moved, nobody(), now).await.unwrap(), 1);
    let after = due(&rig, HOME).await;
    assert!(after > before, "{after} is not after {before}");
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    let last = docket.entries.last().unwrap();
    assert_eq!(last.by, Actor::System);
    let Act::DatesRecomputed(told) = &last.what else { panic!("no act tells of it") };
    assert_eq!((told.decree.as_str(), told.day), ("Keputusan Contoh 1/2024", holiday));
    assert_eq!((told.moved[0].old, told.moved[0].new), (before, after));

    let lifted = change(CalendarKind::Lifted, &holiday.to_string(), None);
    assert_eq!(rig.store.change_calendar(&lifted, nobody(), now).await.unwrap(), 1);
    assert_eq!(due(&rig, HOME).await, before, "lifting it moves the date back");
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(docket.matter.length, 3, "both changes stay on record");
}

#[tokio::test]
async fn a_regional_holiday_moves_the_dates_of_its_office_only() {
    let rig = rig().await;
    rig.store.record(new_matter(hours_later(0))).await.unwrap();
    rig.store.record(new_matter_of(OTHER, hours_later(0))).await.unwrap();
    let before = (due(&rig, HOME).await, due(&rig, OTHER).await);
    let regional = change(CalendarKind::Regional, &before.1.date().to_string(), Some(OTHER));
    assert_eq!(rig.store.change_calendar(&regional, nobody(), hours_later(1)).await.unwrap(), 1);
    let after = (due(&rig, HOME).await, due(&rig, OTHER).await);
    assert_eq!(after.0, before.0);
    assert!(after.1 > before.1);
    let offices = rig.store.offices().await.unwrap();
    let changes = |id: &str| offices.iter().find(|o| o.id.as_str() == id).unwrap().calendar.len();
    assert_eq!((changes(HOME), changes(OTHER)), (0, 1));
}

#[tokio::test]
async fn a_change_that_touches_no_clock_adds_no_act_and_an_unknown_office_is_refused() {
    let rig = rig().await;
    let recording = new_matter(hours_later(0));
    let matter = recording.matter;
    rig.store.record(recording).await.unwrap();
    let far = change(CalendarKind::National, "2024-11-01", None);
    assert_eq!(rig.store.change_calendar(&far, nobody(), hours_later(1)).await.unwrap(), 0);
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(docket.matter.length, 1);
    let unknown = change(CalendarKind::Regional, "2024-11-01", Some("kantor-tak-ada"));
    let refused = rig.store.change_calendar(&unknown, nobody(), hours_later(1)).await;
    assert!(matches!(refused, Err(RecordError::NoSuchOffice(_))));
}
