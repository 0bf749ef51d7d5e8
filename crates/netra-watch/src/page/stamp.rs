//! Days of publication as machines write them: in addresses and in the data of a page.

use jiff::civil::Date;

/// The day in an address such as `/2023/11/27/` or `/read/20231127…`.
pub(super) fn in_address(address: &str) -> Option<Date> {
    let parts: Vec<&str> = address.split(['/', '?', '&', '=', '.', '_']).collect();
    let mut triples = parts.windows(3).filter_map(|window| match window {
        [year, month, day] => ymd(year, month, day),
        _ => None,
    });
    let mut single = parts.iter().filter_map(|part| {
        let pieces: Vec<&str> = part.split('-').collect();
        let dashed = pieces.windows(3).find_map(|window| match window {
            [year, month, day] => ymd(year, month, day),
            _ => None,
        });
        dashed.or_else(|| {
            let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let packed = part.get(..digits).filter(|run| matches!(run.len(), 8 | 12 | 14))?;
            ymd(packed.get(..4)?, packed.get(4..6)?, packed.get(6..8)?)
        })
    });
    triples.next().or_else(|| single.next())
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str, most: usize| {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    digits(year, 4)?;
    digits(month, 2)?;
    digits(day, 2)?;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1995..=2100).contains(&date.year()).then_some(date)
}

/// The day of `2023-11-27T18:30:00Z` or of `Mon, 27 Nov 2023 10:15:00 +0000`, in western Indonesian time where
/// the text gives another zone.
pub(super) fn in_data(text: &str) -> Option<Date> {
    let text = text.trim();
    let (date, rest) = iso(text).or_else(|| mail(text))?;
    let Some((hour, zone)) = hour_and_zone(rest) else { return Some(date) };
    // Papers write their own time, seven to nine hours east; anything else is moved to seven.
    if !(7..=9).contains(&zone) && hour - zone + 7 >= 24 {
        return date.tomorrow().ok();
    }
    Some(date)
}

fn iso(text: &str) -> Option<(Date, &str)> {
    let date = ymd(text.get(..4)?, text.get(5..7)?, text.get(8..10)?)?;
    let marks = (text.get(4..5)?, text.get(7..8)?);
    (marks == ("-", "-") || marks == ("/", "/")).then_some((date, text.get(10..)?))
}

fn mail(text: &str) -> Option<(Date, &str)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.split_once(',').map_or(text, |(_, rest)| rest).trim_start();
    let (day, rest) = text.split_once(' ')?;
    let (month, rest) = rest.trim_start().split_once(' ')?;
    let (year, rest) = rest.trim_start().split_once(' ').unwrap_or((rest, ""));
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Some((ymd(year, &month.to_string(), day)?, rest))
}

/// The hour and the hours east of Greenwich, if both are told.
fn hour_and_zone(rest: &str) -> Option<(i32, i32)> {
    let rest = rest.trim_start_matches(['T', ' ', 't']);
    let hour: i32 = rest.get(..2)?.parse().ok()?;
    if rest.ends_with(['Z', 'z']) || rest.ends_with("GMT") || rest.ends_with("UTC") || rest.ends_with("UT") {
        return Some((hour, 0));
    }
    let sign = rest.rfind(['+', '-'])?;
    let zone: i32 = rest.get(sign + 1..sign + 3)?.parse().ok()?;
    Some((hour, if rest.get(sign..=sign) == Some("-") { -zone } else { zone }))
}
