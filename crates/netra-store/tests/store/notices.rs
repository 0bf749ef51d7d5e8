//! Public notices.

use netra_docket::act::{Act, Corrected, CorrectedReading, StatementPublished, StatusAnnounced};

use crate::common::*;

fn statement(title: &str) -> Act {
    Act::StatementPublished(StatementPublished { title: title.to_owned(), text: format!("Isi {title}") })
}

#[tokio::test]
async fn notices_come_newest_first_and_page_by_time() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    for (expected, title) in [(1, "satu"), (2, "dua")] {
        rig.add(matter, expected, statement(title)).await.unwrap();
    }
    let status = StatusAnnounced { title: "tiga".to_owned(), text: "Isi tiga".to_owned(), posted: String::new() };
    rig.add(matter, 3, Act::StatusAnnounced(status)).await.unwrap();

    let all = rig.store.notices(10, None).await.unwrap();
    let titles: Vec<&str> = all.iter().map(|n| n.title.as_str()).collect();
    assert_eq!(titles, ["tiga", "dua", "satu"]);
    assert_eq!(all[0].text, "Isi tiga");
    assert_eq!(all[0].office.as_str(), HOME);
    assert_eq!(all[0].office_name, format!("Kantor {HOME}"));
    assert_eq!(all[0].at, hours_later(3));

    let first = rig.store.notices(1, None).await.unwrap();
    assert_eq!(first, all[..1]);
    let rest = rig.store.notices(10, Some(first[0].at.instant().as_second())).await.unwrap();
    assert_eq!(rest, all[1..]);
}

#[tokio::test]
async fn a_corrected_notice_is_shown_as_corrected() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let wrong = rig.add(matter, 1, statement("salah")).await.unwrap().entries[0].id;
    let withdrawn = rig.add(matter, 2, statement("dicabut")).await.unwrap().entries[0].id;
    let correct = |of, reading| Act::Corrected(Corrected { of, reason: "salah tulis".to_owned().into(), reading });
    let right = CorrectedReading::Act { act: Box::new(statement("benar")) };
    rig.add(matter, 3, correct(wrong, right)).await.unwrap();
    rig.add(matter, 4, correct(withdrawn, CorrectedReading::Void)).await.unwrap();

    let notices = rig.store.notices(10, None).await.unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].title, "benar");
    assert_eq!(notices[0].act, wrong);
    assert_eq!(notices[0].at, hours_later(1), "at the moment of the act that it corrects");
}
